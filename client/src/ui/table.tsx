import { type JSX, splitProps } from 'solid-js';
import { classNames } from './class-names.ts';

/**
 * The look of a table; TanStack Solid Table holds its columns and order. It scrolls sideways where it does not fit, and
 * `label` tells screen readers what it lists.
 */
export function Table(props: { label: string; children: JSX.Element; class?: string }) {
  return (
    <div class="overflow-x-auto rounded-8 border border-line bg-surface">
      <table
        class={classNames('w-full border-collapse text-left text-14', props.class)}
        aria-label={props.label}
      >
        {props.children}
      </table>
    </div>
  );
}

export function HeaderCell(props: JSX.ThHTMLAttributes<HTMLTableCellElement>) {
  const [own, rest] = splitProps(props, ['class']);
  return (
    <th
      scope="col"
      {...rest}
      class={classNames(
        'h-9 border-b border-line px-3 text-12 font-medium whitespace-nowrap text-faint',
        own.class,
      )}
    />
  );
}

export function Row(props: JSX.HTMLAttributes<HTMLTableRowElement>) {
  const [own, rest] = splitProps(props, ['class']);
  return <tr {...rest} class={classNames('border-b border-line last:border-b-0', own.class)} />;
}

export function Cell(props: JSX.TdHTMLAttributes<HTMLTableCellElement>) {
  const [own, rest] = splitProps(props, ['class']);
  return <td {...rest} class={classNames('h-11 px-3 pointer-coarse:h-13', own.class)} />;
}

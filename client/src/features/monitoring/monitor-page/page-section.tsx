import { createUniqueId, type JSX, Show } from 'solid-js';
import { classNames } from '../../../ui/class-names.ts';

/** A part of the page with its heading; `aside` stands at the right of it, or below where it is narrow. */
export function PageSection(props: {
  title: string;
  id?: string;
  aside?: JSX.Element;
  /** Content with its own frame, such as a table, is not put into another. */
  bare?: boolean;
  children: JSX.Element;
}) {
  const headingId = createUniqueId();
  return (
    <section aria-labelledby={headingId} id={props.id} class="mt-8 scroll-mt-16">
      <div class="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id={headingId} class="text-16 font-semibold">
          {props.title}
        </h2>
        <Show when={props.aside}>{props.aside}</Show>
      </div>
      <div class={classNames(!props.bare && 'rounded-8 border border-line bg-surface p-4')}>
        {props.children}
      </div>
    </section>
  );
}

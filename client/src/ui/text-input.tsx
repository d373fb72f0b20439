import { createRenderEffect, type JSX, splitProps } from 'solid-js';
import { classNames } from './class-names.ts';

export type ControlSize = 'medium' | 'large';

/** How every control that holds a value looks. */
export function controlClass(size: ControlSize = 'medium'): string {
  return classNames(
    'w-full rounded-6 border border-line-field bg-surface text-text placeholder:text-faint',
    'hover:border-muted focus:border-focus focus-visible:outline-offset-0 focus-visible:outline-1',
    'aria-invalid:border-down disabled:opacity-50 transition-colors',
    size === 'large' ? 'h-11 px-3 text-16' : 'h-8 px-2.5 text-14 pointer-coarse:h-11 pointer-coarse:text-16',
  );
}

type TextInputProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'size'> & {
  size?: ControlSize;
  /** For addresses, codes and figures. */
  mono?: boolean;
};

export function TextInput(props: TextInputProps) {
  const [own, rest] = splitProps(props, ['size', 'mono', 'class', 'value']);
  const input = (
    <input type="text" {...rest} class={classNames(controlClass(own.size), own.mono && 'mono', own.class)} />
  ) as HTMLInputElement; // what that line makes
  // A browser hands an address over without the space before it. To write that back under the caret would move the caret.
  createRenderEffect(() => {
    const value = own.value === undefined ? input.value : String(own.value);
    if (input.value !== value) input.value = value;
  });
  return input;
}

export function TextArea(props: JSX.TextareaHTMLAttributes<HTMLTextAreaElement> & { mono?: boolean }) {
  const [own, rest] = splitProps(props, ['mono', 'class']);
  return (
    <textarea
      rows="4"
      {...rest}
      class={classNames(controlClass(), 'h-auto! resize-y py-1.5', own.mono && 'mono', own.class)}
    />
  );
}

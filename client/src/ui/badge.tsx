import type { JSX } from 'solid-js';

/** A short word about a thing: a tag, a plan, a method. Never a state; that is `StateMark`. */
export function Badge(props: { children: JSX.Element; mono?: boolean }) {
  return (
    <span
      class="inline-flex h-5 max-w-full shrink-0 items-center rounded-4 border border-line bg-sunken px-1.5 text-12 font-medium text-muted"
      classList={{ mono: props.mono }}
    >
      <span class="min-w-0 truncate">{props.children}</span>
    </span>
  );
}

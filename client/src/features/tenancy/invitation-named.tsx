import type { JSX } from 'solid-js';

/** What somebody calls themselves, or an address: it stands out, and keeps its direction of writing to itself. */
export function Named(props: { children: JSX.Element }) {
  return <bdi class="font-medium text-text wrap-anywhere">{props.children}</bdi>;
}

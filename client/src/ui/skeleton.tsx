import { createSignal, type JSX, onCleanup, Show } from 'solid-js';

/** Faster than this, a skeleton would only flicker. */
const DELAY_MS = 200;

/** A grey place of the size of what will stand there: `<Skeleton class="h-4 w-32" />`. */
export function Skeleton(props: { class?: string }) {
  return <span class={`block rounded-4 bg-sunken ${props.class ?? ''}`} aria-hidden="true" />;
}

/** Shows its skeletons once loading took 200 ms; until then it keeps their place, empty. */
export function Loading(props: { label: string; children: JSX.Element }) {
  const [late, setLate] = createSignal(false);
  const timer = setTimeout(() => setLate(true), DELAY_MS);
  onCleanup(() => clearTimeout(timer));
  return (
    <div role="status" aria-busy="true">
      <Show when={late()}>
        <span class="sr-only">{props.label}</span>
      </Show>
      <div classList={{ invisible: !late() }}>{props.children}</div>
    </div>
  );
}

import { createMemo } from 'solid-js';
import { Instant } from './instant.tsx';
import { exactTime, relativeTime } from './relative-time.ts';
import { useNow } from './ticker.ts';

/** How long ago an instant was ("12 s ago"), kept current; the exact instant with its zone on hover and focus. */
export function Ago(props: { at: string; class?: string }) {
  const now = useNow();
  const atMs = createMemo(() => Date.parse(props.at));
  const words = createMemo(() => relativeTime(atMs(), now()));
  return (
    <Instant at={props.at} exact={exactTime(atMs())} class={props.class}>
      {words()}
    </Instant>
  );
}

import { createMemo } from 'solid-js';
import { formatDuration } from './duration.ts';
import { Instant } from './instant.tsx';
import { exactTime } from './relative-time.ts';
import { useNow } from './ticker.ts';

/** How long something has lasted ("3 min 20 s"), kept current; when it began, with its zone, on hover and focus. */
export function Lasting(props: { since: string; class?: string }) {
  const now = useNow();
  const sinceMs = createMemo(() => Date.parse(props.since));
  const words = createMemo(() => formatDuration(now() - sinceMs()));
  return (
    <Instant at={props.since} exact={`Since ${exactTime(sinceMs())}`} class={props.class}>
      {words()}
    </Instant>
  );
}

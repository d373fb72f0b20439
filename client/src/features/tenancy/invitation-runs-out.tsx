import { createMemo } from 'solid-js';
import { Instant } from '../../ui/time/instant.tsx';
import { exactTime, relativeTime } from '../../ui/time/relative-time.ts';
import { useNow } from '../../ui/time/ticker.ts';

/** Until when an invitation can be answered: "It runs out in 23 h.", the exact instant on hover and focus. */
export function RunsOut(props: { at: string }) {
  const now = useNow();
  const atMs = createMemo(() => Date.parse(props.at));
  const isOver = createMemo(() => atMs() <= now());
  const words = createMemo(() => relativeTime(atMs(), now()));
  return (
    <>
      The invitation {isOver() ? 'ran out' : 'runs out'}{' '}
      <Instant at={props.at} exact={exactTime(atMs())}>
        {words()}
      </Instant>
      .
    </>
  );
}

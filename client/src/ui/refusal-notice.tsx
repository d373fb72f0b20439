import { createMemo, Show } from 'solid-js';
import { tooManyTries } from '../../../shared/accounts/rate-limit.ts';
import type { ReadRefusal } from '../api/refusal.ts';
import { Notice } from './notice.tsx';
import { serverNow } from './time/server-clock.ts';
import { useNow } from './time/ticker.ts';

const MINUTE_MS = 60_000;

/**
 * What a form says above its button when a call was refused. Who tried too often has done nothing wrong: they are told calmly,
 * from minute to minute, when to go on.
 */
export function RefusalNotice(props: { refusal: ReadRefusal | null }) {
  return (
    <Show when={props.refusal} keyed>
      {(refusal) => (
        <Show
          when={refusal.retryAfterSeconds}
          fallback={<Notice tone="problem">{refusal.sentence}</Notice>}
          keyed
        >
          {(seconds) => <WaitNotice seconds={seconds} />}
        </Show>
      )}
    </Show>
  );
}

function WaitNotice(props: { seconds: number }) {
  const nextTryMs = serverNow(Date.now()) + props.seconds * 1000;
  const now = useNow();
  const minutesLeft = createMemo(() => Math.ceil((nextTryMs - now()) / MINUTE_MS));
  return (
    <Notice tone="neutral">
      {minutesLeft() > 0 ? tooManyTries(minutesLeft() * 60) : 'You can try again now.'}
    </Notice>
  );
}

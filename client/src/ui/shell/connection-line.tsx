import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js';
import type { LiveState } from '../../api/live-sharing.ts';
import { Spinner } from '../spinner.tsx';
import { clockTime } from '../time/relative-time.ts';

/** A server that restarts is back before anyone needs to hear of it. */
const PATIENCE_MS = 2000;

/** One line while nothing new can arrive, with the time of what is shown; it goes by itself. */
export function ConnectionLine(props: { state: LiveState }) {
  const [awaySince, setAwaySince] = createSignal<number | null>(null);
  const [online, setOnline] = createSignal(navigator.onLine);
  const update = () => setOnline(navigator.onLine);
  addEventListener('online', update);
  addEventListener('offline', update);
  onCleanup(() => {
    removeEventListener('online', update);
    removeEventListener('offline', update);
  });

  createEffect(
    on(
      () => props.state === 'away' || !online(),
      (away) => {
        if (!away) {
          setAwaySince(null);
          return;
        }
        const since = Date.now();
        const timer = setTimeout(() => setAwaySince(since), PATIENCE_MS);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );

  return (
    <div role="status">
      <Show when={awaySince()}>
        {(since) => (
          <p class="flex items-center justify-center gap-2 bg-inverse px-4 py-1.5 text-center text-13 text-on-inverse">
            <Spinner class="size-3.5! shrink-0" />
            <span>
              {online() ? 'StatusWatch cannot be reached.' : 'You are offline.'} What you see is from{' '}
              <span class="figures">{clockTime(since())}</span>; it goes on by itself.
            </span>
          </p>
        )}
      </Show>
    </div>
  );
}

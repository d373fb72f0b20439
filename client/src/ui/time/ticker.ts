import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';
import { serverNow } from './server-clock.ts';

const TICK_MS = 1000;

const [nowMs, setNowMs] = createSignal(serverNow(Date.now()));
let users = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Now by the server's clock, in epoch milliseconds, renewed each second for as long as a component that asked for it is
 * mounted. One timer serves the whole page, and it rests while the page is hidden.
 */
export function useNow(): Accessor<number> {
  let counted = false;
  onMount(() => {
    counted = true;
    users += 1;
    if (users > 1) return;
    document.addEventListener('visibilitychange', tick);
    tick();
  });
  onCleanup(() => {
    if (!counted) return;
    users -= 1;
    if (users > 0) return;
    document.removeEventListener('visibilitychange', tick);
    clearTimeout(timer);
  });
  return nowMs;
}

/** Each tick is set for the next full second: an interval would drift, and skip a second now and then. */
function tick(): void {
  clearTimeout(timer);
  setNowMs(serverNow(Date.now()));
  if (document.visibilityState === 'visible') timer = setTimeout(tick, TICK_MS - (Date.now() % TICK_MS));
}

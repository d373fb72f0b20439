import { type Accessor, createSignal } from 'solid-js';
import { client } from './client.ts';
import { LiveCache } from './live-cache.ts';
import { LiveSharing, type LiveState } from './live-sharing.ts';
import { queryClient } from './queries.ts';
import { readRefusal } from './refusal.ts';

export type Live = {
  state: Accessor<LiveState>;
  /** Grows when a monitor turned, came or went: a list may then have another order than it shows. */
  turns: Accessor<number>;
  /** Calls `listener` at each change of one monitor (every check is one), until the returned function is called. */
  watch(monitorId: string, listener: () => void): () => void;
  stop(): void;
};

/**
 * Keeps everything that the page shows of an organization current, until it is stopped. All tabs of the browser share one
 * stream. `onSessionEnd` is called when nobody is signed in any more, or for another organization.
 */
export function startLive(tenantId: string, onSessionEnd: () => void): Live {
  const [state, setState] = createSignal<LiveState>('connecting');
  const [turns, setTurns] = createSignal(0);
  const cache = new LiveCache(queryClient, () => setTurns((count) => count + 1));
  const sharing = new LiveSharing(
    `statuswatch-live-${tenantId}`,
    {
      change: (change) => cache.apply(change),
      resync: () => cache.resync(),
      mayContinue: () => isStillSignedIn(tenantId),
      state: (next) => {
        setState(next);
        if (next === 'ended') onSessionEnd();
      },
    },
    // An EventSource sends no header of ours.
    { url: `/trpc/live.changes?organization=${tenantId}` },
  );

  const lookedAt = () => {
    if (document.visibilityState === 'visible') sharing.hurry();
  };
  // A page that was frozen, or left and come back to, has heard of nothing meanwhile, not even of the other tabs.
  const thawed = (event: Event) => {
    if (event instanceof PageTransitionEvent && !event.persisted) return;
    sharing.hurry();
    cache.resync();
  };
  document.addEventListener('visibilitychange', lookedAt);
  document.addEventListener('resume', thawed);
  window.addEventListener('online', lookedAt);
  window.addEventListener('pageshow', thawed);
  return {
    state,
    turns,
    watch: (monitorId, listener) => cache.watch(monitorId, listener),
    stop() {
      document.removeEventListener('visibilitychange', lookedAt);
      document.removeEventListener('resume', thawed);
      window.removeEventListener('online', lookedAt);
      window.removeEventListener('pageshow', thawed);
      sharing.stop();
      cache.stop();
    },
  };
}

/** Whether the session still stands, for the same organization. @throws when the server cannot be asked */
async function isStillSignedIn(tenantId: string): Promise<boolean> {
  try {
    const me = await client.auth.me.query();
    return me.tenant?.id === tenantId;
  } catch (error) {
    if (readRefusal(error).reason === 'not_signed_in') return false;
    throw error;
  }
}

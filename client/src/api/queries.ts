import { QueryClient } from '@tanstack/solid-query';
import { createTRPCQueryUtils } from '@trpc/react-query';
import type { AppRouter } from '../../../server/trpc/router.ts';
import { client } from './client.ts';
import { mayPass, readRefusal } from './refusal.ts';
import { wasSignedIn } from './session-hint.ts';

/** Live changes keep what is shown current; a minute later, whatever is looked at again is asked for again. */
const FRESH_MS = 60_000;
const HEAL_EVERY_MS = 5000;
/** By then the tab that changed the session has its answer, and with it the browser the new cookie. */
const NEW_COOKIE_MS = 150;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // A refusal stays a refusal. What may pass is asked for again until it has, ever more slowly.
      retry: askAgain,
      retryDelay: everMoreSlowly,
      // What failed for a passing reason heals by itself, also when nobody presses "Try again".
      refetchInterval: (query) =>
        query.state.status === 'error' && mayPass(query.state.error) ? HEAL_EVERY_MS : false,
      // A screen is updated in place, down to the text that changed. What is updated in place must be the screen's own
      // copy, or the cache, and with it every other screen, would be changed along.
      reconcile: 'id',
      select: (data) => structuredClone(data),
    },
  },
});

function askAgain(failures: number, error: unknown): boolean {
  return mayPass(error) && failures < 3;
}

function everMoreSlowly(failures: number): number {
  return Math.min(500 * 2 ** failures, 5000);
}

/**
 * Keys, options and cache of every query: `useQuery(() => queries.monitors.get.queryOptions(input))`,
 * `queries.monitors.invalidate()`.
 */
export const queries = createTRPCQueryUtils<AppRouter>({ queryClient, client });

// A session goes on under another token when another tab switches the organization, or its rights change. Who was asked in that
// very instant was asked with the former one, and is asked once more before anybody is led to the login page.
queryClient.setQueryDefaults(queries.auth.me.queryOptions().queryKey, {
  retry: (failures, error: unknown) =>
    askAgain(failures, error) || (failures === 0 && wasSignedIn() && isSignedOut(error)),
  retryDelay: (failures, error: unknown) => (isSignedOut(error) ? NEW_COOKIE_MS : everMoreSlowly(failures)),
});

function isSignedOut(error: unknown): boolean {
  return readRefusal(error).reason === 'not_signed_in';
}

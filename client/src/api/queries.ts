import { QueryClient } from '@tanstack/solid-query';
import { createTRPCQueryUtils } from '@trpc/react-query';
import type { AppRouter } from '../../../server/trpc/router.ts';
import { client } from './client.ts';
import { mayPass } from './refusal.ts';

/** Live changes keep what is shown current; a minute later, whatever is looked at again is asked for again. */
const FRESH_MS = 60_000;
const HEAL_EVERY_MS = 5000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // A refusal stays a refusal. What may pass is asked for again until it has, ever more slowly.
      retry: (failures, error) => mayPass(error) && failures < 3,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
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

/**
 * Keys, options and cache of every query: `useQuery(() => queries.monitors.get.queryOptions(input))`,
 * `queries.monitors.invalidate()`.
 */
export const queries = createTRPCQueryUtils<AppRouter>({ queryClient, client });

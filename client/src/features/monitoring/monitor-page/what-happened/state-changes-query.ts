import type { Accessor } from 'solid-js';
import type { StateChange } from '../../../../../../shared/monitoring/state-change.ts';
import { client } from '../../../../api/client.ts';
import { queries, queryClient } from '../../../../api/queries.ts';
import { useInfiniteQuery } from '../../../../api/use-query.ts';

/** The newest few are what one looks for; who asks for more wants many. */
const FIRST_PAGE = 6;
const FURTHER_PAGE = 30;

export type StateChangePage = { items: StateChange[]; nextCursor: string | null };

/** Changes of state page by page, newest first. */
function optionsOf(monitorId: string) {
  const input = { monitorId, limit: FIRST_PAGE };
  return {
    queryKey: queries.stateChanges.list.infiniteQueryOptions(input).queryKey,
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.stateChanges.list.query(
        pageParam === null ? input : { ...input, cursor: pageParam, limit: FURTHER_PAGE },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: StateChangePage) => last.nextCursor,
  };
}

export function useStateChanges(monitorId: Accessor<string>) {
  return useInfiniteQuery(() => ({
    ...optionsOf(monitorId()),
    // Who comes back to the page must not find it as it was when he left.
    staleTime: 0,
    // Changes of state never change: what the cache holds is shown as it is.
    reconcile: false as const,
    select: undefined,
  }));
}

/** Asks ahead, so that what stands above the rest does not come in later and push it down. */
export function prefetchStateChanges(monitorId: string): void {
  void queryClient.prefetchInfiniteQuery(optionsOf(monitorId));
}

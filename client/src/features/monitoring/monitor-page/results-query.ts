import type { QueryKey } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';
import type { Outcome } from '../../../../../shared/checks/outcome.ts';
import { client } from '../../../api/client.ts';
import { queries, queryClient } from '../../../api/queries.ts';
import { useInfiniteQuery } from '../../../api/use-query.ts';
import { keepKnown, mergeNewest, type ResultPage, type ResultPages } from './merge-results.ts';

/** The newest few are what one looks for; who asks for more wants many. */
const FIRST_PAGE = 10;
const FURTHER_PAGE = 50;
/** A slower region's result for an earlier slot comes in after a faster one's: each look goes back this far. */
const OVERLAP_MS = 90_000;

export type OutcomeFilter = Outcome | 'all';

const inputOf = (monitorId: string, filter: OutcomeFilter) => ({
  monitorId,
  limit: FIRST_PAGE,
  ...(filter === 'all' ? {} : { outcome: filter }),
});

/** Results page by page, newest first. */
export function useResults(monitorId: Accessor<string>, filter: Accessor<OutcomeFilter>) {
  return useInfiniteQuery(() => ({
    queryKey: queries.results.list.infiniteQueryOptions(inputOf(monitorId(), filter())).queryKey,
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.results.list.query(
        pageParam === null
          ? inputOf(monitorId(), filter())
          : { ...inputOf(monitorId(), filter()), cursor: pageParam, limit: FURTHER_PAGE },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ResultPage) => last.nextCursor,
    // Results never change: what the cache holds is shown as it is.
    reconcile: false as const,
    select: undefined,
    // Both are what the query holds, which the library types as unknown.
    structuralSharing: (before: unknown, now: unknown) =>
      keepKnown(before as ResultPages | undefined, now as ResultPages),
  }));
}

/** Asks for what came in since, and puts it before what is held; the pages that were loaded stay as they are. */
export async function refreshResults(monitorId: string, filter: OutcomeFilter): Promise<void> {
  const input = inputOf(monitorId, filter);
  const queryKey: QueryKey = queries.results.list.infiniteQueryOptions(input).queryKey;
  const before = queryClient.getQueryData<ResultPages>(queryKey);
  // The first pages are on their way, with the newest on them.
  if (before === undefined) return;
  const newest = before.pages[0]?.items[0];
  const from =
    newest === undefined ? {} : { from: new Date(Date.parse(newest.slotAt) - OVERLAP_MS).toISOString() };
  const page = await client.results.list.query({ ...input, ...from, limit: FURTHER_PAGE }).catch(() => null);
  const held = queryClient.getQueryData<ResultPages>(queryKey);
  const merged = page === null || held === undefined ? null : mergeNewest(held, page);
  // Asking for the whole list has its own retries, and its own words when they fail.
  if (merged === null) await queryClient.invalidateQueries({ queryKey });
  else queryClient.setQueryData(queryKey, merged);
}

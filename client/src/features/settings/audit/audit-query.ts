import type { Accessor } from 'solid-js';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { useInfiniteQuery } from '../../../api/use-query.ts';
import { type AuditFilters, filterInput } from './audit-filters.ts';

const PAGE_SIZE = 50;

type AuditPage = Awaited<ReturnType<typeof client.audit.list.query>>;

/** The log page by page, newest first. */
export function useAuditLog(filters: Accessor<AuditFilters>) {
  return useInfiniteQuery(() => {
    const input = { ...filterInput(filters()), limit: PAGE_SIZE };
    return {
      queryKey: queries.audit.list.infiniteQueryOptions(input).queryKey,
      queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
        client.audit.list.query({ ...input, cursor: pageParam }, { signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (last: AuditPage) => last.nextCursor,
      // Who opens the log wants to see what was done just now.
      staleTime: 0,
    };
  });
}

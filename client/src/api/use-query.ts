import {
  type DefaultError,
  type InfiniteData,
  type InfiniteQueryOptions,
  type QueryKey,
  type QueryOptions,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery as useSuspendingInfiniteQuery,
  useQuery as useSuspendingQuery,
} from '@tanstack/solid-query';
import { type Accessor, createMemo, createRoot, getOwner, onCleanup, runWithOwner } from 'solid-js';

/** Options as `queries` makes them: they differ from solid-query's own only in `initialData`, which none of ours has. */
type Ours<Options> = Omit<Options, 'initialData'> & { initialData?: unknown };

/**
 * Asks, and keeps the answer current: `useQuery(() => queries.monitors.get.queryOptions(input))`. `data` is undefined until
 * there is an answer, and may be read anywhere.
 */
export function useQuery<
  TQueryFnData,
  TError = DefaultError,
  TData = TQueryFnData,
  TQueryKey extends QueryKey = QueryKey,
>(
  options: Accessor<Ours<QueryOptions<TQueryFnData, TError, TData, TQueryKey>>>,
): UseQueryResult<TData, TError> {
  return stayingInPlace(useSuspendingQuery(() => ({ ...options(), initialData: undefined })));
}

/** The same page by page. */
export function useInfiniteQuery<
  TQueryFnData,
  TError = DefaultError,
  TData = InfiniteData<TQueryFnData>,
  TQueryKey extends QueryKey = QueryKey,
  TPageParam = unknown,
>(
  options: Accessor<Ours<InfiniteQueryOptions<TQueryFnData, TError, TData, TQueryKey, TPageParam>>>,
): UseInfiniteQueryResult<TData, TError> {
  return stayingInPlace(useSuspendingInfiniteQuery(() => ({ ...options(), initialData: undefined })));
}

/**
 * The query with its `data` read outside of every `Suspense`. Read within one, an answer that was there when the page opened
 * takes the page away, and the focus with it, whenever it is asked for again.
 */
function stayingInPlace<Query extends { readonly data: unknown }>(query: Query): Query {
  const page = getOwner();
  const data = createRoot((end) => {
    runWithOwner(page, () => onCleanup(end));
    return createMemo(() => query.data);
  }, null);
  return new Proxy(query, {
    get: (target, property) => (property === 'data' ? data() : Reflect.get(target, property)),
  });
}

import { type Accessor, createMemo } from 'solid-js';

/** What of a query tells whether it has anything to show. */
type Asked = { isError: boolean; isPending: boolean; errorUpdateCount: number; error: unknown };

/**
 * Why a query has nothing to show, null while there is hope: the error of its last attempt, also while the next one is
 * under way. A query that failed is pending again with each attempt, and what says why must not come and go with them.
 */
export function createHeldError(query: Asked): Accessor<unknown> {
  return createMemo<unknown>((before) => {
    if (query.isError) return query.error;
    return query.isPending && query.errorUpdateCount > 0 ? before : null;
  }, null);
}

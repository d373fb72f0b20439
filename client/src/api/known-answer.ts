import { type Accessor, createMemo, createRoot, getOwner, onCleanup, runWithOwner } from 'solid-js';

/**
 * What a query has to show; undefined until there is something. Read outside the page's `Suspense`: with an answer that was
 * there when the page opened, it would take the page away for a moment whenever that is asked for again, and the focus with it.
 */
export function createKnownAnswer<T>(query: {
  readonly isPending: boolean;
  readonly data: T | undefined;
}): Accessor<T | undefined> {
  const page = getOwner();
  return createRoot((end) => {
    runWithOwner(page, () => onCleanup(end));
    return createMemo(() => (query.isPending ? undefined : query.data));
  }, null);
}

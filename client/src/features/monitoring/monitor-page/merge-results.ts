import type { Result } from '../../../../../shared/checks/check-result.ts';

export type ResultPage = { items: Result[]; nextCursor: string | null };
export type ResultPages = { pages: ResultPage[]; pageParams: unknown[] };

/** What tells one result of a monitor from another. */
export const resultKey = (result: Pick<Result, 'slotAt' | 'region'>) => `${result.slotAt} ${result.region}`;

/**
 * Puts results that were asked for anew before those that are held, without doubles. Null when there may be others
 * between the two: then the list has to be asked for as a whole.
 */
export function mergeNewest(held: ResultPages, newest: ResultPage): ResultPages | null {
  const [first, ...rest] = held.pages;
  if (first === undefined) return null;
  const known = new Set(held.pages.flatMap((page) => page.items).map(resultKey));
  const added = newest.items.filter((result) => !known.has(resultKey(result)));
  if (added.length === 0) return held;
  const overlaps = added.length < newest.items.length;
  if (newest.nextCursor !== null && !overlaps) return null;
  const items = [...added, ...first.items].sort(newestFirst);
  return { ...held, pages: [{ ...first, items }, ...rest] };
}

/**
 * The same answer with each result that was known before as the very same object: a result never changes, so its row,
 * and the focus that may be in it, stay when others come in above.
 */
export function keepKnown(before: ResultPages | undefined, now: ResultPages): ResultPages {
  const known = new Map(
    before?.pages.flatMap((page) => page.items).map((result) => [resultKey(result), result]),
  );
  const pages = now.pages.map((page) => ({
    ...page,
    items: page.items.map((result) => known.get(resultKey(result)) ?? result),
  }));
  return { ...now, pages };
}

/** The order of `results.list`. */
function newestFirst(left: Result, right: Result): number {
  if (left.slotAt !== right.slotAt) return left.slotAt < right.slotAt ? 1 : -1;
  return left.region < right.region ? 1 : -1;
}

/** The newest result of each region that is among these, which are newest first. */
export function newestByRegion(results: readonly Result[]): Map<string, Result> {
  const newest = new Map<string, Result>();
  for (const result of results) if (!newest.has(result.region)) newest.set(result.region, result);
  return newest;
}

/** None begins this long after its slot for the sake of others. */
export const MOST_LATE_MS = 20;
/** So many share what waking costs; with more a check would wait for the others, and count that as its target's time. */
export const ENOUGH = 10;
/** Where there are many, all of this time begin together, whatever their number. */
export const ALWAYS_TOGETHER_MS = 5;

/** Checks that begin at one instant: the slot of the last of them. */
export type Gathered<Check> = { beginMs: number; together: Check[] };

/**
 * Puts checks together that come soon after each other: to wake for each would cost more than to make it. None begins before
 * its slot.
 */
export function gatherChecks<Check extends { slotMs: number }>(checks: readonly Check[]): Gathered<Check>[] {
  const gathered: Gathered<Check>[] = [];
  let last: { firstMs: number; gathered: Gathered<Check> } | null = null;
  for (const check of checks.toSorted((a, b) => a.slotMs - b.slotMs)) {
    const most = last !== null && last.gathered.together.length >= ENOUGH ? ALWAYS_TOGETHER_MS : MOST_LATE_MS;
    if (last === null || check.slotMs - last.firstMs > most) {
      last = { firstMs: check.slotMs, gathered: { beginMs: check.slotMs, together: [] } };
      gathered.push(last.gathered);
    }
    last.gathered.together.push(check);
    last.gathered.beginMs = check.slotMs;
  }
  return gathered;
}

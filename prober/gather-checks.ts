/** None begins more than this after its slot for the sake of others. */
export const MOST_LATE_MS = 7;

/** Checks that begin at one instant: the slot of the last of them. */
export type Gathered<Check> = { beginMs: number; together: Check[] };

/**
 * Puts checks together that come soon after each other: to wake for each would cost a third as much as to make it. None begins
 * before its slot.
 */
export function gatherChecks<Check extends { slotMs: number }>(checks: readonly Check[]): Gathered<Check>[] {
  const gathered: Gathered<Check>[] = [];
  let firstMs = Number.NEGATIVE_INFINITY;
  for (const check of checks.toSorted((a, b) => a.slotMs - b.slotMs)) {
    const last = gathered.at(-1);
    if (last !== undefined && check.slotMs - firstMs <= MOST_LATE_MS) {
      last.together.push(check);
      last.beginMs = check.slotMs;
    } else {
      firstMs = check.slotMs;
      gathered.push({ beginMs: check.slotMs, together: [check] });
    }
  }
  return gathered;
}

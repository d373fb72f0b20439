/** A `Date` header has whole seconds, and an answer takes its way: a smaller difference than this says nothing. */
const TOLERANCE_MS = 3000;
const HALF_A_SECOND_MS = 500;

let aheadMs = 0;

/**
 * Compares the `Date` header of an answer that has just come with this computer's clock: one that is minutes off would
 * have every check look minutes old. What is no date changes nothing.
 */
export function noteServerTime(dateHeader: string | null, localMs: number): void {
  const serverMs = Date.parse(dateHeader ?? '') + HALF_A_SECOND_MS;
  if (Number.isNaN(serverMs)) return;
  const differenceMs = serverMs - localMs;
  aheadMs = Math.abs(differenceMs) < TOLERANCE_MS ? 0 : differenceMs;
}

/** Now by the server's clock, in epoch milliseconds, as far as it is known. */
export function serverNow(localMs: number): number {
  return localMs + aheadMs;
}

import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `look` neither throws nor answers undefined, null or false, and gives what it answered; the last error when
 * the time is over. Looks every 20 ms.
 */
export async function eventually<T>(
  look: () => Promise<T> | T,
  withinMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let trouble: unknown;
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) {
        return seen as NonNullable<Exclude<T, false>>; // the three are ruled out above
      }
      trouble = new Error(`It did not come about within ${withinMs} ms; last seen: ${String(seen)}.`);
    } catch (error) {
      trouble = error;
    }
    if (performance.now() > deadline) throw trouble;
    await delay(20);
  }
}

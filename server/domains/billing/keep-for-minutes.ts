const FRESH_MS = 5 * 60_000;
/** What failed is asked again, though not by every page that opens meanwhile. */
const AFTER_FAILURE_MS = 30_000;

/**
 * Keeps an answer for five minutes. What is known is told at once, and renewed behind it when it is old; who comes while it is asked
 * for waits for the same answer.
 *
 * @param onFailure hears why there was no new answer
 * @returns the answer, or null while there never was one
 */
export function keepForMinutes<T>(
  ask: () => Promise<T>,
  onFailure: (error: unknown) => void,
  now: () => number = Date.now,
): () => Promise<T | null> {
  let known: T | null = null;
  let askAgainAt = 0;
  let asking: Promise<T | null> | undefined;

  const renew = async (): Promise<T | null> => {
    try {
      known = await ask();
      askAgainAt = now() + FRESH_MS;
    } catch (error) {
      askAgainAt = now() + AFTER_FAILURE_MS;
      onFailure(error);
    } finally {
      asking = undefined;
    }
    return known;
  };
  return () => {
    if (asking === undefined && now() >= askAgainAt) asking = renew();
    return known === null && asking !== undefined ? asking : Promise.resolve(known);
  };
}

/** The server sends a ping every 5 s: after three of them have not come, the stream is dead, whatever the browser says. */
const LONGEST_SILENCE_MS = 15_000;

const FIRST_WAIT_MS = 500;
/** Nobody should look at a line that says "away" for longer than this once the server is back. */
const LONGEST_WAIT_MS = 5000;

/**
 * Whether a stream that last spoke at `heardAtMs` must be opened anew. A laptop that slept looks just like a silence; a
 * clock that was set back makes the last word useless, so that too asks for a new stream. Epoch milliseconds.
 */
export function isSilent(heardAtMs: number, nowMs: number): boolean {
  return nowMs < heardAtMs || nowMs - heardAtMs > LONGEST_SILENCE_MS;
}

/**
 * How long to wait before the next attempt, in milliseconds: half a second after the first failure, twice as long after
 * each further one, 5 s at most. `spread` (0 to 1) takes up to half of it away, so that the browsers which a restart
 * cut off do not all come back in the same instant.
 */
export function waitBeforeAttempt(failures: number, spread: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (1 - spread / 2));
}

type Reading = { offsetMs: number; roundTripMs: number };

/** Two clocks drift apart this much between readings: a hundred parts in a million over 40 s, and some to spare. */
const DRIFT_MS = 10;

/**
 * The database's time, told by this machine's monotonic clock. The prober's own wall clock is never asked, so one that
 * is an hour wrong, or jumps, changes nothing.
 */
export class DatabaseClock {
  #offsetMs = Date.now() - performance.now();
  #samples: Reading[] = [];

  /** Epoch milliseconds as the database counts them. */
  nowMs(): number {
    return performance.now() + this.#offsetMs;
  }

  /**
   * Takes a reading: the database's clock as answered, and `performance.now()` before and after. Of the last readings the
   * one with the shortest round trip counts, since it can be wrong by half of that at most. One that contradicts the new
   * reading is of a time before a clock was set or this machine slept, and counts no more.
   */
  sample(databaseMs: number, sentAt: number, receivedAt: number): void {
    const fresh = { offsetMs: databaseMs - (sentAt + receivedAt) / 2, roundTripMs: receivedAt - sentAt };
    this.#samples = this.#samples.filter((former) => agree(former, fresh));
    this.#samples.push(fresh);
    if (this.#samples.length > 8) this.#samples.shift();
    const best = this.#samples.reduce((a, b) => (b.roundTripMs <= a.roundTripMs ? b : a));
    this.#offsetMs = best.offsetMs;
  }

  /** Forgets former readings: after a reconnect it may be another machine's clock. */
  reset(): void {
    this.#samples = [];
  }
}

/** Whether both can be true at once, each being wrong by half its round trip at most. */
function agree(a: Reading, b: Reading): boolean {
  return Math.abs(a.offsetMs - b.offsetMs) <= (a.roundTripMs + b.roundTripMs) / 2 + DRIFT_MS;
}

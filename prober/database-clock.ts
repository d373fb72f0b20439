/**
 * The database's time, told by this machine's monotonic clock. The prober's own wall clock is never asked, so one that
 * is an hour wrong, or jumps, changes nothing.
 */
export class DatabaseClock {
  #offsetMs = Date.now() - performance.now();
  #samples: { offsetMs: number; roundTripMs: number }[] = [];

  /** Epoch milliseconds as the database counts them. */
  nowMs(): number {
    return performance.now() + this.#offsetMs;
  }

  /**
   * Takes a reading: the database's clock as answered, and `performance.now()` before and after. Of the last readings the
   * one with the shortest round trip counts, since it can be wrong by half of that at most.
   */
  sample(databaseMs: number, sentAt: number, receivedAt: number): void {
    const roundTripMs = receivedAt - sentAt;
    this.#samples.push({ offsetMs: databaseMs - (sentAt + receivedAt) / 2, roundTripMs });
    if (this.#samples.length > 8) this.#samples.shift();
    const best = this.#samples.reduce((a, b) => (b.roundTripMs <= a.roundTripMs ? b : a));
    this.#offsetMs = best.offsetMs;
  }

  /** Forgets former readings: after a reconnect it may be another machine's clock. */
  reset(): void {
    this.#samples = [];
  }
}

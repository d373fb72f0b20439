import type { Timings } from '../../shared/checks/check-result.ts';

export type Phase = 'dns' | 'connect' | 'tls' | 'firstByte' | 'transfer';

/** Measures the phases of one check with the monotonic clock. A phase entered again, after a redirect, adds up. */
export class PhaseTimer {
  readonly #startedAt = performance.now();
  #enteredAt = this.#startedAt;
  #current: Phase | null = null;
  readonly #spentMs: Record<Phase, number | null> = {
    dns: null,
    connect: null,
    tls: null,
    firstByte: null,
    transfer: null,
  };

  /** Ends the present phase and begins another. */
  enter(phase: Phase): void {
    this.#leave();
    this.#current = phase;
  }

  /** What the check is doing right now: says how far a check got that ran into its deadline. */
  get current(): Phase | null {
    return this.#current;
  }

  /** Ends the measurement, to a hundredth of a millisecond. */
  finish(): Timings {
    this.#leave();
    this.#current = null;
    const { dns, connect, tls, firstByte, transfer } = this.#spentMs;
    return {
      dnsMs: rounded(dns),
      connectMs: rounded(connect),
      tlsMs: rounded(tls),
      firstByteMs: rounded(firstByte),
      transferMs: rounded(transfer),
      totalMs: Math.round((performance.now() - this.#startedAt) * 100) / 100,
    };
  }

  #leave(): void {
    const now = performance.now();
    if (this.#current !== null) {
      this.#spentMs[this.#current] = (this.#spentMs[this.#current] ?? 0) + now - this.#enteredAt;
    }
    this.#enteredAt = now;
  }
}

const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms * 100) / 100);

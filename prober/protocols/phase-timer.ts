import type { Timings } from '../../shared/checks/check-result.ts';

/** In `token` a token endpoint is asked. That is no phase of the target's. */
export type Phase = 'dns' | 'connect' | 'tls' | 'firstByte' | 'transfer' | 'token';

/**
 * Measures the phases of one check with the monotonic clock. A phase entered again, after a redirect, adds up. The total is
 * without the time a token took.
 */
export class PhaseTimer {
  readonly #startedAt = performance.now();
  #enteredAt = this.#startedAt;
  #current: Phase | null = null;
  #answered: Timings | null = null;
  readonly #spentMs: Record<Phase, number | null> = {
    dns: null,
    connect: null,
    tls: null,
    firstByte: null,
    transfer: null,
    token: null,
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

  /** The whole answer is here, and the measurement ends: how long we look at it says nothing of the target. */
  answered(): Timings {
    this.#answered = this.finish();
    return this.#answered;
  }

  get isAnswered(): boolean {
    return this.#answered !== null;
  }

  /** Ends the measurement, to a hundredth of a millisecond. */
  finish(): Timings {
    if (this.#answered !== null) return this.#answered;
    this.#leave();
    this.#current = null;
    const { dns, connect, tls, firstByte, transfer, token } = this.#spentMs;
    return {
      dnsMs: rounded(dns),
      connectMs: rounded(connect),
      tlsMs: rounded(tls),
      firstByteMs: rounded(firstByte),
      transferMs: rounded(transfer),
      totalMs: Math.round((performance.now() - this.#startedAt - (token ?? 0)) * 100) / 100,
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

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClaimedCheck } from './claim-due-checks.ts';
import type { DatabaseClock } from './database-clock.ts';
import { gatherChecks } from './gather-checks.ts';

/** Of what is due together so many are begun before sockets and timers have their turn: 500 held them up for 50 ms and more. */
const PORTION = 25;

/** Hands checks on at their slots, and of many that are due a portion at a time. */
export class SlotQueue {
  readonly #begin: (check: ClaimedCheck) => void;
  readonly #clock: DatabaseClock;
  readonly #mostAheadMs: number;
  readonly #waiting = new Set<NodeJS.Timeout>();
  #due: ClaimedCheck[] = [];
  #begun: Promise<void> = Promise.resolve();
  #isBeginning = false;

  /** @param options.mostAheadMs no slot is further ahead than this, whatever the clock says */
  constructor(options: {
    begin: (check: ClaimedCheck) => void;
    clock: DatabaseClock;
    mostAheadMs: number;
  }) {
    this.#begin = options.begin;
    this.#clock = options.clock;
    this.#mostAheadMs = options.mostAheadMs;
  }

  /** Resolves when all that is due has begun; what waits for its slot is not waited for. */
  add(checks: readonly ClaimedCheck[]): Promise<void> {
    const nowMs = this.#clock.nowMs();
    this.#due.push(...checks.filter(({ slotMs }) => slotMs <= nowMs));
    const coming = checks.filter(({ slotMs }) => slotMs > nowMs);
    for (const { beginMs, together } of gatherChecks(coming)) this.#await(together, beginMs - nowMs);
    if (!this.#isBeginning) this.#begun = this.#beginDue();
    return this.#begun;
  }

  /** Forgets what it has not handed on. */
  stop(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
    this.#due = [];
  }

  #await(checks: readonly ClaimedCheck[], inMs: number): void {
    // Node's timers may fire a fraction of a millisecond early: look again then. And where a slot seems to be further ahead than
    // was claimed, our reading of the database's clock is wrong, and will be mended.
    const look = () => {
      this.#waiting.delete(timer);
      void this.add(checks);
    };
    const timer = setTimeout(look, Math.min(Math.ceil(inMs), this.#mostAheadMs));
    this.#waiting.add(timer);
  }

  async #beginDue(): Promise<void> {
    this.#isBeginning = true;
    for (;;) {
      for (const check of this.#due.splice(0, PORTION)) this.#begin(check);
      if (this.#due.length === 0) break;
      await nextTurn();
    }
    this.#isBeginning = false;
  }
}

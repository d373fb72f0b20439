import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClaimedCheck } from './claim-due-checks.ts';
import type { DatabaseClock } from './database-clock.ts';

/**
 * Checks begin on a beat of so many milliseconds, those of a beat together: to wake for each would cost a third as much as to
 * make it. None begins before its slot, and on an idle machine none this long after.
 */
const BEAT_MS = 5;
/** Of what is due together so many are begun before sockets and timers have their turn: 500 held them up for 50 ms and more. */
const PORTION = 25;

/** Hands checks on at their slots, and of many that are due a portion at a time. */
export class SlotQueue {
  readonly #begin: (check: ClaimedCheck) => void;
  readonly #clock: DatabaseClock;
  readonly #mostAheadMs: number;
  /** By the beat they begin on. */
  readonly #waiting = new Map<number, { checks: ClaimedCheck[]; timer: NodeJS.Timeout }>();
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

  /** Resolves when all that is due has begun; what waits for its beat is not waited for. */
  add(checks: readonly ClaimedCheck[]): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (const check of checks) {
      const beatMs = Math.ceil(check.slotMs / BEAT_MS) * BEAT_MS;
      if (beatMs <= nowMs) this.#due.push(check);
      else this.#awaitBeat(check, beatMs, beatMs - nowMs);
    }
    if (!this.#isBeginning) this.#begun = this.#beginDue();
    return this.#begun;
  }

  /** Forgets what it has not handed on. */
  stop(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#due = [];
  }

  #awaitBeat(check: ClaimedCheck, beatMs: number, inMs: number): void {
    const waiting = this.#waiting.get(beatMs);
    if (waiting !== undefined) {
      waiting.checks.push(check);
      return;
    }
    const checks = [check];
    // Node's timers may fire a fraction of a millisecond early: look again then. And where a slot seems to be further ahead than
    // was claimed, our reading of the database's clock is wrong, and will be mended.
    const look = () => {
      this.#waiting.delete(beatMs);
      void this.add(checks);
    };
    const timer = setTimeout(look, Math.min(Math.ceil(inMs), this.#mostAheadMs));
    this.#waiting.set(beatMs, { checks, timer });
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

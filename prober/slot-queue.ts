import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClaimedCheck } from './claim-due-checks.ts';
import type { DatabaseClock } from './database-clock.ts';

/**
 * Checks that come soon after each other begin together, at the slot of the last: to wake for each would cost more than to
 * make it. None begins before its slot, and on an idle machine none this long after: less where `ENOUGH` are together sooner.
 */
const MOST_LATE_MS = 20;
/** So many share what waking costs. More would wait for each other, and count it as the time their targets take. */
const ENOUGH = 10;
/** Where there are many, all of this time begin together, whatever their number. */
const LEAST_MS = 5;
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
    for (const party of parties(coming)) {
      this.#await(party, Math.max(...party.map(({ slotMs }) => slotMs)) - nowMs);
    }
    if (!this.#isBeginning) this.#begun = this.#beginDue();
    return this.#begun;
  }

  /** Forgets what it has not handed on. */
  stop(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
    this.#due = [];
  }

  #await(party: ClaimedCheck[], inMs: number): void {
    // Node's timers may fire a fraction of a millisecond early: look again then. And where a slot seems to be further ahead than
    // was claimed, our reading of the database's clock is wrong, and will be mended.
    const look = () => {
      this.#waiting.delete(timer);
      void this.add(party);
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

/** Those that begin together, in the order of their slots. */
function parties(checks: readonly ClaimedCheck[]): ClaimedCheck[][] {
  const found: ClaimedCheck[][] = [];
  let party: ClaimedCheck[] = [];
  let firstMs = Number.NEGATIVE_INFINITY;
  for (const check of checks.toSorted((a, b) => a.slotMs - b.slotMs)) {
    if (check.slotMs - firstMs > (party.length < ENOUGH ? MOST_LATE_MS : LEAST_MS)) {
      party = [];
      found.push(party);
      firstMs = check.slotMs;
    }
    party.push(check);
  }
  return found;
}

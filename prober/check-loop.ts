import type { Outcome } from '../shared/checks/outcome.ts';
import type { ClaimedCheck } from './claim-due-checks.ts';
import type { DatabaseClock } from './database-clock.ts';
import { Lateness } from './lateness.ts';
import type { Logger } from './log.ts';
import type { FinishedCheck } from './record-results.ts';
import type { CheckRun } from './run-check.ts';
import { SlotQueue } from './slot-queue.ts';

const MAX_CLAIM = 500;
/** Checks are claimed this long before their slot, so that each can begin at its instant. */
const AHEAD_MS = 750;
/**
 * How often it is looked for due checks when nobody wakes us. Well below `AHEAD_MS`: a slot is seen before it comes. It is never
 * twice the same: of two probers of a region on one beat, whoever looks first finds nearly all, and so each has its part.
 */
const POLL_MS = { least: 250, most: 400 };
const POLL_AFTER_ERROR_MS = 1000;
/** Checks in flight and waiting for their slot. A check is a socket; the system's limit on those is well above. */
const MAX_OPEN = 4000;
/**
 * An organization that has this many times as many checks open as there is room left gets no more for now: three quarters
 * for one alone, and with several that hang there is still room for the next (Choudhury and Hahne, "Dynamic queue length
 * thresholds", 1998).
 */
const MOST_OF_ROOM = 3;
/** A claim by turns comes again after this many times what it took, so that a long backlog cannot fill the database. */
const TURNS_REST = 5;

/** How long a prober that is told to stop waits for the checks that are in flight. */
const STOP_PATIENCE_MS = 10_000;

/**
 * Leases what is due, oldest first; or, with `turns`, organization by organization, but for those it names.
 * @param aheadMs how far ahead of its slot a check may be claimed
 */
type ClaimChecks = (
  limit: number,
  aheadMs: number,
  turns: { without: string[] } | null,
) => Promise<ClaimedCheck[]>;

/** Claims what is due, begins each check at its slot, and hands on what it found. */
export class CheckLoop {
  readonly #claim: ClaimChecks;
  readonly #run: (check: ClaimedCheck) => Promise<CheckRun>;
  readonly #finish: (finished: FinishedCheck, urgent: boolean) => void;
  readonly #clock: DatabaseClock;
  readonly #log: Logger;
  readonly #lateness = new Lateness();
  readonly #counts: Record<Outcome, number> = { up: 0, degraded: 0, down: 0, void: 0 };
  readonly #slots: SlotQueue;
  readonly #running = new Set<Promise<void>>();
  /** How many checks are claimed and not done, and of each organization. */
  #openInAll = 0;
  readonly #openOf = new Map<string, number>();
  /** More was due than the last claim could take, and its slot had passed already. */
  #behind = false;
  #turnsAgainAt = Number.NEGATIVE_INFINITY;
  #poll: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | null = null;
  #wakenWhileClaiming = false;
  #stopped = false;

  constructor(options: {
    claim: ClaimChecks;
    run: (check: ClaimedCheck) => Promise<CheckRun>;
    finish: (finished: FinishedCheck, urgent: boolean) => void;
    clock: DatabaseClock;
    log: Logger;
  }) {
    this.#claim = options.claim;
    this.#run = options.run;
    this.#finish = options.finish;
    this.#clock = options.clock;
    this.#log = options.log;
    const begin = (check: ClaimedCheck) => this.#begin(check);
    this.#slots = new SlotQueue({ begin, clock: options.clock, mostAheadMs: AHEAD_MS });
  }

  /** Looks for due checks now: something was added, or asked for. The first call starts the loop. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#claiming !== null) {
      this.#wakenWhileClaiming = true;
      return;
    }
    clearTimeout(this.#poll);
    this.#claiming = this.#claimAll().then((nextInMs) => {
      this.#claiming = null;
      if (this.#stopped) return;
      if (this.#wakenWhileClaiming) {
        this.#wakenWhileClaiming = false;
        this.wake();
      } else {
        this.#poll = setTimeout(() => this.wake(), nextInMs);
      }
    });
  }

  /** What the heartbeat tells; lateness is since the last call. */
  takeFigures(): { latenessP99Ms: number | null; checksRunning: number; checks: Record<Outcome, number> } {
    return {
      latenessP99Ms: this.#lateness.takeP99Ms(),
      checksRunning: this.#running.size,
      checks: { ...this.#counts },
    };
  }

  /** Claims and begins nothing more, and waits for what is in flight, for 10 s at most. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#poll);
    await this.#claiming;
    this.#slots.stop();
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, STOP_PATIENCE_MS);
    await Promise.race([Promise.all(this.#running), patience.promise]);
    clearTimeout(timer);
  }

  /** @returns after how many milliseconds to look again */
  async #claimAll(): Promise<number> {
    try {
      for (;;) {
        const room = MAX_OPEN - this.#openInAll;
        const limit = Math.min(MAX_CLAIM, Math.ceil(room / 2)); // half: whoever comes next finds some too
        if (limit <= 0) return pollMs();
        const turns = this.#turns(room);
        const askedAt = performance.now();
        const claimed = await this.#claim(limit, AHEAD_MS, turns);
        const tookMs = performance.now() - askedAt;
        if (turns !== null) this.#turnsAgainAt = askedAt + Math.max(POLL_MS.least, TURNS_REST * tookMs);
        const isFull = claimed.length === limit;
        this.#behind = isFull && claimed.some((check) => check.slotMs < this.#clock.nowMs());
        await this.#open(claimed); // what cannot begin yet would only be leased for longer
        // With little room left, what comes free is gathered: a claim for each single check would cost more than they.
        if (!isFull || limit < MAX_CLAIM || this.#stopped) return pollMs();
      }
    } catch (error) {
      this.#log.warn({ event: 'checks.not_claimed', err: error }, 'claim failed');
      return POLL_AFTER_ERROR_MS;
    }
  }

  /**
   * Who is behind goes organization by organization, so that none waits for another's thousands. That reads all that is
   * due: it is done as often as the loop looks by itself, so before a slot comes, and in between the oldest go.
   */
  #turns(room: number): { without: string[] } | null {
    const without = [...this.#openOf].filter(([, open]) => open >= MOST_OF_ROOM * room).map(([id]) => id);
    const isTime = this.#behind && performance.now() >= this.#turnsAgainAt;
    return isTime || without.length > 0 ? { without } : null;
  }

  #open(claimed: readonly ClaimedCheck[]): Promise<void> {
    this.#openInAll += claimed.length;
    for (const { tenantId } of claimed) this.#openOf.set(tenantId, (this.#openOf.get(tenantId) ?? 0) + 1);
    return this.#slots.add(claimed);
  }

  #close({ tenantId }: ClaimedCheck): void {
    this.#openInAll -= 1;
    const open = (this.#openOf.get(tenantId) ?? 0) - 1;
    if (open > 0) this.#openOf.set(tenantId, open);
    else this.#openOf.delete(tenantId);
  }

  #begin(check: ClaimedCheck): void {
    if (this.#stopped) return;
    const running = this.#check(check).finally(() => {
      this.#running.delete(running);
      this.#close(check);
    });
    this.#running.add(running);
  }

  async #check(check: ClaimedCheck): Promise<void> {
    const checkedAtMs = this.#clock.nowMs();
    this.#lateness.add(checkedAtMs - check.slotMs);
    const { finding, trace, error } = await this.#run(check);
    if (error !== null) {
      const { tenantId, monitorId } = check;
      this.#log.error(
        { event: 'checks.failed', tenantId, monitorId, err: error },
        'check failed for our own fault',
      );
    }
    this.#counts[finding.outcome] += 1;
    const kept = isEvidence(check, finding.outcome) ? trace : null;
    this.#finish(
      { check: withoutSpec(check), checkedAtMs, finding, trace: kept },
      finding.outcome !== 'up' || isOffGrid(check),
    );
  }
}

const pollMs = () => POLL_MS.least + Math.random() * (POLL_MS.most - POLL_MS.least);

/**
 * A decision may rest on it. What no decision will is let go at once: until it is recorded it would hold 16 KiB of a body, of
 * hundreds of checks at a time.
 */
const isEvidence = ({ isSteady, verification }: ClaimedCheck, outcome: Outcome) =>
  !isSteady || verification || outcome !== 'up';

/** What a check asks is of no use once it is done, and holds as much as the rest of it. */
function withoutSpec({ spec: _, isSteady: __, ...keys }: ClaimedCheck): FinishedCheck['check'] {
  return keys;
}

/** A first check, a late one, or one that was asked for: someone waits for it. */
function isOffGrid({ verification, slotMs, intervalMs, phaseMs }: ClaimedCheck): boolean {
  return verification || (slotMs - phaseMs) % intervalMs !== 0;
}

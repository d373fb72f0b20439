import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from './log.ts';
import type { FinishedCheck } from './record-results.ts';
import type { ResultSpool } from './result-spool.ts';

const MAX_BATCH = 500;
/** A result that repeats what is known waits this long for others: a commit costs more than a row. */
const GATHER_MS = 250;
/** One that tells something new waits only for what comes in the same moment. */
const GATHER_URGENT_MS = 5;
const RETRY_MS = 500;
/** What is held in memory when neither database nor disk takes it. */
const MAX_HELD = 50_000;
/** Beyond this many, what a check sent and got is let go and only what it found is held: that is 16 KiB against 1. */
const MAX_TRACED = 2 * MAX_BATCH;

/** Writes results in batches, one at a time; what the database does not take goes to the spool, and comes back from it. */
export class ResultRecorder {
  readonly #record: (batch: FinishedCheck[]) => Promise<void>;
  readonly #spool: ResultSpool;
  readonly #log: Logger;
  #held: FinishedCheck[] = [];
  #heldUrgent = false;
  #timer: NodeJS.Timeout | undefined;
  #timerIsUrgent = false;
  #writing: Promise<void> | null = null;
  #spooled = true; // until the first look says otherwise: a former run may have left something
  #stopped = false;

  constructor(options: {
    record: (batch: FinishedCheck[]) => Promise<void>;
    spool: ResultSpool;
    log: Logger;
  }) {
    this.#record = options.record;
    this.#spool = options.spool;
    this.#log = options.log;
  }

  /** @param urgent whether the result tells something new */
  add(finished: FinishedCheck, urgent: boolean): void {
    if (this.#stopped) return; // its lease was given back: another prober makes this check anew
    this.#held.push(this.#held.length < MAX_TRACED ? finished : withoutTrace(finished));
    this.#heldUrgent ||= urgent;
    if (this.#writing !== null) return; // it looks again when it is done
    if (this.#held.length >= MAX_BATCH) this.#write();
    else this.#arm(urgent);
  }

  /** Writes what is held and then nothing more. What the database does not take goes to the spool, all of it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    let databaseIsThere = true;
    while (this.#held.length > 0) {
      const batch = this.#takeBatch();
      databaseIsThere &&= await this.#isRecorded(batch);
      if (databaseIsThere || (await this.#isKept(batch))) continue;
      this.#log.error(
        { event: 'results.lost', results: this.#held.length },
        'stopped with results unwritten',
      );
      return;
    }
  }

  #arm(urgent: boolean): void {
    if (this.#timer !== undefined && (this.#timerIsUrgent || !urgent)) return;
    clearTimeout(this.#timer);
    this.#timerIsUrgent = urgent;
    this.#timer = setTimeout(() => this.#write(), urgent ? GATHER_URGENT_MS : GATHER_MS);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
      if (this.#held.length > 0 && !this.#stopped) this.#arm(this.#heldUrgent);
    });
  }

  async #writeAll(): Promise<void> {
    do {
      await this.#writeBatch(this.#takeBatch());
    } while (this.#held.length >= MAX_BATCH && !this.#stopped);
  }

  /** No two results of one batch are of the same monitor and region: the second waits for the next batch. */
  #takeBatch(): FinishedCheck[] {
    const seen = new Set<string>();
    const batch: FinishedCheck[] = [];
    const later: FinishedCheck[] = [];
    for (const finished of this.#held) {
      const key = `${finished.check.monitorId}/${finished.check.region}`;
      if (batch.length === MAX_BATCH || seen.has(key)) later.push(finished);
      else batch.push(finished);
      seen.add(key);
    }
    this.#held = later;
    this.#heldUrgent &&= later.length > 0;
    return batch;
  }

  async #writeBatch(batch: FinishedCheck[]): Promise<void> {
    if (await this.#isRecorded(batch)) {
      if (this.#spooled) await this.#drainSpool();
      return;
    }
    await this.#isKept(batch);
    if (!this.#stopped) await delay(RETRY_MS);
  }

  /** @returns whether the database has it */
  async #isRecorded(batch: FinishedCheck[]): Promise<boolean> {
    try {
      await this.#recordOrSplit(batch);
      return true;
    } catch (error) {
      const results = batch.length;
      this.#log.warn({ event: 'results.not_recorded', results, err: error }, 'results not recorded');
      return false;
    }
  }

  /**
   * Records a batch. Where the database refuses it for what is in it, such as a day that has no partition any more, the
   * halves are tried apart, so that the one result it means takes no other with it.
   */
  async #recordOrSplit(batch: FinishedCheck[]): Promise<void> {
    try {
      await this.#record(batch);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) {
        const { tenantId, monitorId, region, slotMs } = only.check;
        const slotAt = new Date(slotMs).toISOString();
        const { outcome } = only.finding;
        this.#log.error(
          { event: 'results.refused', tenantId, monitorId, region, slotAt, outcome, err: error },
          'the database refuses a result for good',
        );
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#recordOrSplit(batch.slice(0, half));
      await this.#recordOrSplit(batch.slice(half));
    }
  }

  async #drainSpool(): Promise<void> {
    try {
      const { results, unreadable } = await this.#spool.drain((batch) => this.#recordOrSplit(batch));
      this.#spooled = false;
      if (results > 0) {
        this.#log.info({ event: 'results.spool_drained', results }, 'spooled results recorded');
      }
      for (const path of unreadable) {
        this.#log.error({ event: 'results.spool_unreadable', path }, 'a spooled batch cannot be read');
      }
    } catch (error) {
      this.#log.warn({ event: 'results.spool_not_drained', err: error }, 'spool not drained');
    }
  }

  /** @returns whether the spool has it; else it is held in memory, as far as that goes */
  async #isKept(batch: FinishedCheck[]): Promise<boolean> {
    try {
      await this.#spool.put(batch);
      this.#spooled = true;
      return true;
    } catch (error) {
      const kept = [...batch, ...this.#held].map(withoutTrace);
      this.#held = kept.slice(-MAX_HELD);
      const lost = kept.length - this.#held.length;
      this.#log.error(
        { event: 'results.not_spooled', results: batch.length, lost, err: error },
        'spool not written',
      );
      return false;
    }
  }
}

const withoutTrace = (finished: FinishedCheck): FinishedCheck => ({ ...finished, trace: null });

/** Data exceptions and violated constraints (SQLSTATE classes 22 and 23): the same batch will never be taken. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code));
}

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

/** Writes results in batches, one at a time; what the database does not take goes to the spool, and comes back from it. */
export class ResultRecorder {
  readonly #record: (batch: FinishedCheck[]) => Promise<void>;
  readonly #spool: ResultSpool;
  readonly #log: Logger;
  #held: FinishedCheck[] = [];
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
    this.#held.push(finished);
    if (this.#writing !== null) return; // it looks again when it is done
    if (this.#held.length >= MAX_BATCH) this.#write();
    else this.#arm(urgent);
  }

  /** Writes what is held and then nothing more. What the database does not take now stays in the spool. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    while (this.#held.length > 0) await this.#writeBatch(this.#takeBatch());
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
      if (this.#held.length > 0 && !this.#stopped) this.#arm(false);
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
    return batch;
  }

  async #writeBatch(batch: FinishedCheck[]): Promise<void> {
    try {
      await this.#record(batch);
      if (this.#spooled) await this.#drainSpool();
    } catch (error) {
      this.#log.warn(
        { event: 'results.not_recorded', results: batch.length, err: error },
        'results not recorded',
      );
      await this.#keep(batch);
      if (!this.#stopped) await delay(RETRY_MS);
    }
  }

  async #drainSpool(): Promise<void> {
    const results = await this.#spool.drain(this.#record);
    this.#spooled = false;
    if (results > 0) this.#log.info({ event: 'results.spool_drained', results }, 'spooled results recorded');
  }

  async #keep(batch: FinishedCheck[]): Promise<void> {
    try {
      await this.#spool.put(batch);
      this.#spooled = true;
    } catch (error) {
      const kept = [...batch, ...this.#held];
      this.#held = kept.slice(-MAX_HELD);
      const lost = kept.length - this.#held.length;
      this.#log.error(
        { event: 'results.not_spooled', results: batch.length, lost, err: error },
        'spool not written',
      );
    }
  }
}

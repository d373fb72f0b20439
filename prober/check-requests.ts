import type { CheckAnswer, CheckRequest } from './check-request-rows.ts';
import type { Logger } from './log.ts';

/** Drafts that are tried at once. Beside the thousands of due checks that is little. */
const MAX_OPEN = 50;
/** How often it is looked for drafts when nobody wakes us: what a dead prober took, what a lost session did not hear of. */
const POLL_MS = 1000;
/** How long a prober that is told to stop waits for the drafts it tries. What is left another takes over. */
const STOP_PATIENCE_MS = 10_000;

/** Tries the drafts of people who wait for it, apart from what is due: neither takes the other's room. */
export class CheckRequests {
  readonly #take: (limit: number) => Promise<CheckRequest[]>;
  readonly #run: (request: CheckRequest) => Promise<CheckAnswer>;
  readonly #answer: (request: CheckRequest, answer: CheckAnswer) => Promise<void>;
  readonly #log: Logger;
  readonly #open = new Set<Promise<void>>();
  #poll: NodeJS.Timeout | undefined;
  #taking: Promise<void> | null = null;
  #wokenWhileTaking = false;
  #stopped = false;

  constructor(options: {
    take: (limit: number) => Promise<CheckRequest[]>;
    run: (request: CheckRequest) => Promise<CheckAnswer>;
    answer: (request: CheckRequest, answer: CheckAnswer) => Promise<void>;
    log: Logger;
  }) {
    this.#take = options.take;
    this.#run = options.run;
    this.#answer = options.answer;
    this.#log = options.log;
  }

  /** Looks for drafts now. The first call starts the looking. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#taking !== null) {
      this.#wokenWhileTaking = true;
      return;
    }
    clearTimeout(this.#poll);
    this.#taking = this.#takeAll().then(() => {
      this.#taking = null;
      if (this.#stopped) return;
      if (this.#wokenWhileTaking) {
        this.#wokenWhileTaking = false;
        this.wake();
      } else {
        this.#poll = setTimeout(() => this.wake(), POLL_MS);
      }
    });
  }

  /** Takes nothing more, and waits for what is under way, for 10 s at most. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#poll);
    await this.#taking;
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, STOP_PATIENCE_MS);
    await Promise.race([Promise.all(this.#open), patience.promise]);
    clearTimeout(timer);
  }

  async #takeAll(): Promise<void> {
    const room = MAX_OPEN - this.#open.size;
    if (room === 0) return; // who is done looks for the next
    try {
      for (const request of await this.#take(room)) {
        const done = this.#try(request).finally(() => {
          const wasFull = this.#open.size === MAX_OPEN;
          this.#open.delete(done);
          if (wasFull) this.wake();
        });
        this.#open.add(done);
      }
    } catch (error) {
      this.#log.warn({ event: 'requests.not_taken', err: error }, 'drafts not taken');
    }
  }

  async #try(request: CheckRequest): Promise<void> {
    try {
      await this.#answer(request, await this.#run(request));
    } catch (error) {
      const { tenantId } = request;
      this.#log.warn({ event: 'requests.not_answered', tenantId, err: error }, 'draft not answered');
    }
  }
}

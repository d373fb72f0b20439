import { Worker } from 'node:worker_threads';
import type { EvaluationAnswer, EvaluationRequest } from './evaluate-worker.ts';

const LOOK_EVERY_MS = 100;
/** A page of 60,000 elements takes 55 MB. */
const LIMITS = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };

/** The verdicts that fell, in order, and what kept the others from falling. */
export type Evaluated = {
  fallen: { passed: boolean; sentence: string }[];
  cut: 'time' | 'memory' | null;
};

/** A thread that judges one answer at a time. It has a heap of its own, which a page can fill without harm to the prober. */
export class EvaluationThread {
  readonly #worker = new Worker(new URL('./evaluate-worker.ts', import.meta.url), {
    env: {}, // what reads strangers' pages knows no secret
    resourceLimits: LIMITS,
  });
  #died: (error: Error) => void = () => {};
  isOver = false;

  readonly #mostCpuMs: number;

  constructor(mostCpuMs: number) {
    this.#mostCpuMs = mostCpuMs;
    this.#worker.unref();
    this.#worker.on('error', (error) => this.#died(error));
    this.#worker.on('exit', () => {
      this.isOver = true;
      this.#died(new Error('The thread that judges answers has ended.'));
    });
  }

  /**
   * After a cut, an error or an abort the thread is over, and another has to be started.
   *
   * @throws Error when the evaluation itself fails, or the signal's reason
   */
  async judge(request: EvaluationRequest, signal: AbortSignal): Promise<Evaluated> {
    const fallen: Evaluated['fallen'] = [];
    const end = Promise.withResolvers<Evaluated['cut']>();
    let before: NodeJS.CpuUsage | null = null;
    const look = () =>
      this.#worker.cpuUsage().then((now) => {
        before ??= now;
        if (now.user + now.system - before.user - before.system > this.#mostCpuMs * 1000) end.resolve('time');
      }, leaveToItsEnd);
    let looking: NodeJS.Timeout | undefined;
    const hear = (answer: EvaluationAnswer) => {
      if (answer.type === 'verdict') fallen.push(answer);
      else if (answer.type === 'done') end.resolve(null);
      else {
        void look();
        looking = setInterval(look, LOOK_EVERY_MS);
      }
    };
    // A thread that is ending answers no more, and says why only a moment later, through `error` and `exit`.
    const leaveToItsEnd = (error: Error) => {
      if (!('code' in error && error.code === 'ERR_WORKER_NOT_RUNNING')) end.reject(error);
    };
    const abort = () => end.reject(signal.reason);
    this.#died = (error) => (isOutOfMemory(error) ? end.resolve('memory') : end.reject(error));
    this.#worker.on('message', hear);
    signal.addEventListener('abort', abort, { once: true });
    let isWhole = false;
    try {
      this.#worker.postMessage(request);
      const cut = await end.promise;
      isWhole = cut === null;
      return { fallen, cut };
    } finally {
      clearInterval(looking);
      signal.removeEventListener('abort', abort);
      this.#worker.off('message', hear);
      if (!isWhole) await this.stop();
    }
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.#worker.terminate();
  }
}

const isOutOfMemory = (error: Error) => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

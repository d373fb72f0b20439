import type { Assertion } from '../../shared/checks/assertion-input.ts';
import { cutShort } from '../../shared/checks/evaluate/cut-short.ts';
import type { Exchange } from '../../shared/checks/evaluate/exchange.ts';
import { isQuick } from '../../shared/checks/evaluate/is-quick.ts';
import { judgeAssertions } from '../../shared/checks/evaluate/judge-assertions.ts';
import type { Verdict } from '../../shared/monitoring/try-monitor.ts';
import type { EvaluationRequest } from './evaluate-worker.ts';
import { EvaluationQueue } from './evaluation-queue.ts';
import { type Evaluated, EvaluationThread } from './evaluation-thread.ts';

/** Below the 5 s that a lease outlives the deadline of its check. */
const PATIENCE_MS = 4000;
/** Time on a processor, not on the clock: that another process is busy makes no assertion fail. */
const MOST_CPU_MS = 1000;
const IDLE_MS = 10_000;

type EvaluationLimits = {
  /** How long an answer may wait and be judged, on the clock. */
  patienceMs: number;
  /** How long one answer may be judged, on the processor. */
  mostCpuMs: number;
  /** After this time without work the thread ends. */
  idleMs: number;
};

type Evaluation = {
  tenantId: string;
  request: EvaluationRequest;
  characters: number;
  end: PromiseWithResolvers<Evaluated>;
  signal: AbortSignal;
};

/**
 * Judges what checks found. What takes long is judged in a thread, so that no pattern and no page holds up other checks: one
 * answer at a time, of the organization first that has taken the least time lately. The thread starts when it is needed and
 * ends when it has been idle for 10 s.
 */
export class Evaluations {
  readonly #queue = new EvaluationQueue<Evaluation>();
  #thread: EvaluationThread | null = null;
  #working: Promise<void> = Promise.resolve();
  #isWorking = false;
  #idle: NodeJS.Timeout | undefined;
  readonly #stop = new AbortController();
  readonly #limits: EvaluationLimits;

  constructor(limits: Partial<EvaluationLimits> = {}) {
    this.#limits = { patienceMs: PATIENCE_MS, mostCpuMs: MOST_CPU_MS, idleMs: IDLE_MS, ...limits };
  }

  /**
   * The verdicts in the order of the assertions. One that takes more than a second of computing, or more memory than the
   * thread has, does not hold, and says so.
   *
   * @throws Error when there was no time for it: that says nothing about the target
   */
  async judge(tenantId: string, assertions: readonly Assertion[], exchange: Exchange): Promise<Verdict[]> {
    const slow = assertions.filter((assertion) => !isQuick(assertion, exchange));
    if (slow.length === 0) return judgeAssertions(assertions, exchange);
    const apart = await this.#judgeApart(tenantId, { assertions: slow, exchange });
    const quick = judgeAssertions(
      assertions.filter((assertion) => !slow.includes(assertion)),
      exchange,
    );
    return assertions.flatMap((assertion) => (slow.includes(assertion) ? apart : quick).splice(0, 1));
  }

  /** Ends the thread. What is being judged, or waits for it, fails. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The prober stops.'));
    await this.#working;
    clearTimeout(this.#idle);
    await this.#thread?.stop();
  }

  async #judgeApart(tenantId: string, request: EvaluationRequest): Promise<Verdict[]> {
    this.#stop.signal.throwIfAborted();
    const patience = new AbortController();
    const clock = setTimeout(
      () => patience.abort(new Error('There was no time to judge the answer.')),
      this.#limits.patienceMs,
    );
    const evaluation: Evaluation = {
      tenantId,
      request,
      characters: request.exchange.body?.text.length ?? 0,
      end: Promise.withResolvers(),
      signal: AbortSignal.any([patience.signal, this.#stop.signal]),
    };
    evaluation.signal.addEventListener('abort', () => {
      if (this.#queue.remove(evaluation)) evaluation.end.reject(evaluation.signal.reason);
    });
    for (const { end } of this.#queue.add(evaluation))
      end.reject(new Error('Too many answers wait to be judged.'));
    if (!this.#isWorking) this.#working = this.#work();
    try {
      return verdictsOf(request.assertions, await evaluation.end.promise);
    } finally {
      clearTimeout(clock);
    }
  }

  /** Judges until nobody waits. */
  async #work(): Promise<void> {
    this.#isWorking = true;
    clearTimeout(this.#idle);
    for (;;) {
      const beganAt = performance.now();
      const next = this.#queue.take(beganAt);
      if (next === null) break;
      if (this.#thread === null || this.#thread.isOver)
        this.#thread = new EvaluationThread(this.#limits.mostCpuMs);
      // One after the other is the point: the thread does one thing at a time, and who comes next is decided late.
      await this.#thread.judge(next.request, next.signal).then(next.end.resolve, next.end.reject);
      const now = performance.now();
      this.#queue.count(next, now - beganAt, now);
    }
    this.#isWorking = false;
    this.#idle = setTimeout(() => void this.#rest(), this.#limits.idleMs).unref();
  }

  async #rest(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    this.#queue.forget();
    await thread?.stop();
  }
}

function verdictsOf(assertions: readonly Assertion[], { fallen, cut }: Evaluated): Verdict[] {
  return assertions.map((assertion, place) => {
    const verdict = fallen[place];
    if (verdict !== undefined) return { assertion, passed: verdict.passed, sentence: verdict.sentence };
    return cutShort(assertion, place === fallen.length && cut !== null ? cut : 'earlier');
  });
}

import { parentPort } from 'node:worker_threads';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { Exchange } from '../../shared/checks/evaluate/exchange.ts';
import { eachVerdict, type PageReader } from '../../shared/checks/evaluate/judge-assertions.ts';

/** What this thread is asked. */
export type EvaluationRequest = { assertions: readonly Assertion[]; exchange: Exchange };

/** What it says: its parsers are loaded; a verdict has fallen (they come in order); all have. */
export type EvaluationAnswer =
  | { type: 'begun' }
  | { type: 'verdict'; passed: boolean; sentence: string }
  | { type: 'done' };

/** Run as a thread: judges one answer at a time. `evaluation-thread.ts` starts it, and ends it. */
const port = parentPort;
if (port === null) throw new Error('This runs as a thread of the prober.');
const tell = (answer: EvaluationAnswer) => port.postMessage(answer);

port.on('message', async ({ assertions, exchange }: EvaluationRequest) => {
  const asksForElements = assertions.some(({ subject }) => subject === 'selector');
  const reader: PageReader | null = asksForElements
    ? await import('../../shared/checks/evaluate/open-page.ts') // megabytes that JSON and patterns do not need
    : null;
  tell({ type: 'begun' });
  for (const { passed, sentence } of eachVerdict(assertions, exchange, reader)) {
    tell({ type: 'verdict', passed, sentence });
  }
  tell({ type: 'done' });
});

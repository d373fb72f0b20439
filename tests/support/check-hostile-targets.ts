import { createSecureContext } from 'node:tls';
import { Evaluations } from '../../prober/evaluation/evaluate-apart.ts';
import { FamilyHealth } from '../../prober/family-health.ts';
import { CertificateReader } from '../../prober/protocols/certificate-record.ts';
import { ClientContexts } from '../../prober/protocols/http/credentials/client-contexts.ts';
import { TokenCache } from '../../prober/protocols/http/credentials/token-cache.ts';
import type { ProtocolContext } from '../../prober/protocols/protocol.ts';
import { runCheck } from '../../prober/run-check.ts';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';

/** What the parent asks: to check one target several times at once, and a good one all the while. */
export type HostileRequest = { hostile: string; good: string; timeoutMs: number };

/** What came of it, and what it took of this process, which holds nothing but the prober's side. */
export type HostileAnswer = {
  codes: string[];
  /** Of the checks of the good target: how many were made, and what came of them. */
  good: { made: number; outcomes: string[] };
  /** The longest the event loop was kept, in time on the processor: so late a check begins at worst. */
  longestTurnMs: number;
  rssMiB: number;
};

/** Run in a process of its own, with `--expose-gc`: makes checks as a prober makes them, told by its parent. */
const AT_ONCE = 8;
const LEAST_GOOD = 10;
/** Wants the body read and looked through; no target has it. */
const LOOKS_AT_BODY: Assertion = { subject: 'body', comparator: 'not_contains', value: 'nowhere' };

const guard = createTargetGuard({ allowNetworks: ['127.0.0.0/8'] });
const resolve = async () => [];
const evaluations = new Evaluations();
const context: ProtocolContext = {
  guard,
  resolve,
  secureContext: createSecureContext(),
  clientContexts: new ClientContexts(createSecureContext),
  tokens: new TokenCache(),
  certificates: new CertificateReader(),
  families: new FamilyHealth({ references: [], resolve, ...guard }),
  nowMs: Date.now,
  judge: (assertions, exchange) => evaluations.judge('tenant', assertions, exchange),
};

async function check(target: string, timeoutMs: number): Promise<CheckFinding> {
  const { finding, error } = await runCheck(
    {
      kind: 'http',
      target: new URL(target).href,
      http: PLAIN_HTTP,
      assertions: [LOOKS_AT_BODY],
      timeoutMs,
      degradedAfterMs: null,
      certificateDays: null,
    },
    context,
  );
  if (error !== null) throw error;
  return finding;
}

/** Turns the event loop round and round, and notes what the longest turn took of the processor. */
function watchTurns(): () => number {
  let longestMs = 0;
  let isOver = false;
  let before = process.threadCpuUsage();
  const turn = () => {
    const took = process.threadCpuUsage(before);
    longestMs = Math.max(longestMs, (took.user + took.system) / 1000);
    before = process.threadCpuUsage();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return longestMs;
  };
}

async function answer({ hostile, good, timeoutMs }: HostileRequest): Promise<HostileAnswer> {
  const longestTurn = watchTurns();
  let isOver = false;
  const checks = Promise.all(Array.from({ length: AT_ONCE }, () => check(hostile, timeoutMs))).finally(() => {
    isOver = true;
  });
  const outcomes = new Set<string>();
  let made = 0;
  for (; !isOver || made < LEAST_GOOD; made++) outcomes.add((await check(good, 30_000)).outcome);
  const codes = [...new Set((await checks).map(({ code }) => code))];
  return {
    codes,
    good: { made, outcomes: [...outcomes] },
    longestTurnMs: longestTurn(),
    rssMiB: settledRss(),
  };
}

/** What is left when everything that can be collected is. */
function settledRss(): number {
  if (gc === undefined) throw new Error('Run this with --expose-gc.');
  void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage.rss() / 1024 / 1024;
}

process.on('message', (request: HostileRequest) => {
  answer(request).then(
    (said) => process.send?.(said),
    (error: unknown) => {
      throw error;
    },
  );
});

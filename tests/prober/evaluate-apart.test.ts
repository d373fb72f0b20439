import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { Evaluations } from '../../prober/evaluation/evaluate-apart.ts';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { Exchange } from '../../shared/checks/evaluate/exchange.ts';

const NO_PHASES = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, transferMs: null };

const answered = (text: string): Exchange => ({
  statusCode: 200,
  headers: {},
  body: { text, isWhole: true },
  timings: { ...NO_PHASES, totalMs: 5 },
  certificateDaysLeft: null,
});

/** The machine may be busy: there is time where time is not the point, and less to be computed until something is ended. */
function openEvaluations(
  limits: { patienceMs?: number; mostCpuMs?: number; idleMs?: number } = {},
): Evaluations {
  const evaluations = new Evaluations({ patienceMs: 60_000, mostCpuMs: 200, ...limits });
  onTestFinished(() => evaluations.stop());
  return evaluations;
}

/** Tries every paragraph with every other: hours, if nobody ends it. */
const ENDLESS: Assertion = {
  subject: 'selector',
  name: 'b ~ p ~ p ~ p ~ p ~ i',
  comparator: 'contains',
  value: '',
};
const PARAGRAPHS = answered(`${'<p></p>'.repeat(5000)}<i></i>`);
const TITLE: Assertion = { subject: 'selector', name: 'title', comparator: 'equals', value: 'Shop' };
const SHOP = answered('<title>Shop</title>');
const STATUS: Assertion = { subject: 'status', comparator: 'equals', value: 200 };

test('verdicts come in the order of the assertions, wherever each was judged', async () => {
  const evaluations = openEvaluations();
  const body: Assertion = { subject: 'body', comparator: 'contains', value: 'none' };
  const verdicts = await evaluations.judge(
    'alice',
    [TITLE, STATUS, { ...TITLE, value: 'Store' }, body],
    SHOP,
  );
  expect(verdicts.map(({ passed, sentence }) => `${passed}: ${sentence}`)).toEqual([
    'true: Selector title equals Shop, as expected.',
    'true: Status equals 200, as expected.',
    'false: Selector title is “Shop”, expected it to equal Store.',
    'false: Body is “<title>Shop</title>”, expected it to contain none.',
  ]);
});

/** Counts the threads that this process starts. */
function countThreads(): () => number {
  let started = 0;
  const onStart = () => {
    started += 1;
  };
  subscribe('worker_threads', onStart);
  onTestFinished(() => void unsubscribe('worker_threads', onStart));
  return () => started;
}

test('what is judged quickly is judged here; a thread starts when it is needed, and ends when it is idle', async () => {
  const evaluations = openEvaluations({ idleMs: 0 });
  const threads = countThreads();
  const quick: Assertion[] = [STATUS, { subject: 'json', name: '$.a.b[0]', comparator: 'equals', value: 1 }];
  const [, json] = await evaluations.judge('alice', quick, answered('{"a":{"b":[1]}}'));
  expect(json?.passed).toBe(true);
  expect(threads()).toBe(0);
  await Promise.all([evaluations.judge('alice', [TITLE], SHOP), evaluations.judge('bob', [TITLE], SHOP)]);
  expect(threads()).toBe(1);
  await expect
    .poll(async () => {
      await evaluations.judge('alice', [TITLE], SHOP);
      return threads();
    })
    .toBeGreaterThan(1);
});

test('an assertion that never ends is ended, those before it stand, those after it were not looked at', async () => {
  const evaluations = openEvaluations();
  const verdicts = await evaluations.judge('alice', [TITLE, ENDLESS, TITLE, STATUS], PARAGRAPHS);
  expect(verdicts.map(({ sentence }) => sentence)).toEqual([
    'Selector title finds nothing, expected it to equal Shop.',
    'Selector b ~ p ~ p ~ p ~ p ~ i needs more than a second of computing on this answer: ask for something simpler.',
    'Selector title was not looked at: the assertions before it took all that a check may take.',
    'Status equals 200, as expected.',
  ]);
  expect((await evaluations.judge('alice', [TITLE], SHOP)).map(({ passed }) => passed)).toEqual([true]);
});

test('an answer that fills the memory of the thread harms nothing but its own assertion', async () => {
  const evaluations = openEvaluations({ mostCpuMs: 60_000 });
  const path: Assertion = { subject: 'json', name: '$[?count($..*) < 0]', comparator: 'contains', value: '' };
  const deepAndWide = answered(`${'['.repeat(400)}${'0,'.repeat(400_000)}0${']'.repeat(400)}`);
  const [verdict] = await evaluations.judge('alice', [path], deepAndWide);
  expect(verdict?.sentence).toBe(
    'JSON path $[?count($..*) < 0] needs more memory on this answer than a check may take.',
  );
  expect((await evaluations.judge('alice', [TITLE], SHOP)).map(({ passed }) => passed)).toEqual([true]);
});

test('meanwhile the prober goes on with everything else', async () => {
  const evaluations = openEvaluations();
  let ended = false;
  const judging = evaluations.judge('alice', [ENDLESS], PARAGRAPHS).finally(() => {
    ended = true;
  });
  let quick = 0;
  while (!ended) {
    await evaluations.judge('bob', [STATUS], SHOP);
    await new Promise(setImmediate);
    quick += 1;
  }
  await judging;
  expect(quick).toBeGreaterThan(100);
});

test('one organization with answers that take for ever makes no other wait for more than one of them', async () => {
  const evaluations = openEvaluations();
  const order: string[] = [];
  const judge = async (tenantId: string, assertion: Assertion, exchange: Exchange) => {
    await evaluations.judge(tenantId, [assertion], exchange);
    order.push(tenantId);
  };
  const greedy = Array.from({ length: 3 }, () => judge('greedy', ENDLESS, PARAGRAPHS));
  const modest = Array.from({ length: 3 }, () => judge('modest', TITLE, SHOP));
  await Promise.all([...greedy, ...modest]);
  expect(order).toEqual(['greedy', 'modest', 'modest', 'modest', 'greedy', 'greedy']);
});

test('what cannot be judged in time says nothing about the target: the prober was at fault', async () => {
  const evaluations = openEvaluations({ patienceMs: 50 });
  const running = evaluations.judge('alice', [ENDLESS], PARAGRAPHS);
  const waiting = evaluations.judge('alice', [TITLE], SHOP);
  const outcomes = await Promise.allSettled([running, waiting]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: new Error('There was no time to judge the answer.'),
    });
  }
});

test('who stops does not wait for what is being judged', async () => {
  const evaluations = openEvaluations();
  const judging = evaluations.judge('alice', [ENDLESS], PARAGRAPHS);
  const waiting = evaluations.judge('bob', [TITLE], SHOP);
  const outcomes = Promise.allSettled([judging, waiting]);
  await evaluations.stop();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(evaluations.judge('bob', [TITLE], SHOP)).rejects.toThrow('The prober stops.');
});

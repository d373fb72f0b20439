import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { CheckRequest } from '../../prober/check-request-rows.ts';
import { CheckRequests } from '../../prober/check-requests.ts';
import { createLog } from '../../prober/log.ts';
import { FOUND } from '../support/hand-trier.ts';
import type { LogLine } from '../support/test-server.ts';

const draft = (): CheckRequest => ({
  tenantId: randomUUID(),
  requestId: randomUUID(),
  sealedSpec: Buffer.of(),
});

/** Drafts that wait, and checks of them that end when the test says so. */
function openRequests(waiting: CheckRequest[]) {
  const running: PromiseWithResolvers<void>[] = [];
  const answered: string[] = [];
  const limits: number[] = [];
  const lines: LogLine[] = [];
  const state = { failsToTake: false };
  const requests = new CheckRequests({
    async take(limit) {
      limits.push(limit);
      if (state.failsToTake) throw new Error('The database is away.');
      return waiting.splice(0, limit);
    },
    async run() {
      const run = Promise.withResolvers<void>();
      running.push(run);
      await run.promise;
      return FOUND;
    },
    async answer({ requestId }) {
      answered.push(requestId);
    },
    log: createLog('debug', { write: (line) => lines.push(JSON.parse(line)) }),
  });
  onTestFinished(async () => {
    for (const run of running) run.resolve();
    await requests.stop();
  });
  return { requests, running, answered, limits, lines, state };
}

test('fifty drafts are tried at once, and the next begins when one of them is done', async () => {
  const { requests, running, answered } = openRequests(Array.from({ length: 60 }, draft));
  requests.wake();
  await expect.poll(() => running.length).toBe(50);
  running[0]?.resolve();
  await expect.poll(() => answered.length).toBe(1);
  await expect.poll(() => running.length).toBe(51);
});

test('a draft that nobody told of is found all the same', async () => {
  const waiting: CheckRequest[] = [];
  const { requests, running } = openRequests(waiting);
  requests.wake();
  waiting.push(draft());
  await expect.poll(() => running.length, { timeout: 5000 }).toBe(1);
});

test('one that fails is told to the operator, and holds up no other', async () => {
  const { requests, running, answered, lines } = openRequests([draft(), draft()]);
  requests.wake();
  await expect.poll(() => running.length).toBe(2);
  running[0]?.reject(new Error('Broken.'));
  running[1]?.resolve();
  await expect.poll(() => answered.length).toBe(1);
  expect(lines).toMatchObject([{ level: 'warn', event: 'requests.not_answered' }]);
});

test('while the database is away it is asked again, and answers when it is back', async () => {
  const { requests, running, lines, state } = openRequests([draft()]);
  state.failsToTake = true;
  requests.wake();
  await expect.poll(() => lines.map(({ event }) => event)).toContain('requests.not_taken');
  state.failsToTake = false;
  await expect.poll(() => running.length, { timeout: 5000 }).toBe(1);
});

test('told to stop it takes nothing more, and ends when what it tries has been answered', async () => {
  const waiting = [draft()];
  const { requests, running, answered, limits } = openRequests(waiting);
  requests.wake();
  await expect.poll(() => running.length).toBe(1);
  const stopped = requests.stop();
  const asked = limits.length;
  waiting.push(draft());
  requests.wake();
  running[0]?.resolve();
  await stopped;
  expect(answered).toHaveLength(1);
  expect(limits).toHaveLength(asked);
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { CheckLoop } from '../../prober/check-loop.ts';
import type { ClaimedCheck } from '../../prober/claim-due-checks.ts';
import { DatabaseClock } from '../../prober/database-clock.ts';
import { createLog } from '../../prober/log.ts';
import type { FinishedCheck } from '../../prober/record-results.ts';
import { ExchangeTrace } from '../../prober/trace/exchange-trace.ts';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { found } from '../support/prober-database.ts';
import { checkAt } from '../support/some-check.ts';

/** A check whose slot lies so far ahead. */
const checkIn = (ms: number, more: Partial<ClaimedCheck> = {}) => checkAt(Math.round(Date.now() + ms), more);

/** What is due, for a loop that takes as much as it asks for. */
type Supply = (limit: number, turns: { without: string[] } | null) => ClaimedCheck[];

const supply =
  (checks: ClaimedCheck[]): Supply =>
  (limit) =>
    checks.splice(0, limit);

/** A loop that is given these checks, a list a claim, and whose checks take as long as `run` does and find `outcomeOf`. */
function openLoop(
  claims: (ClaimedCheck[] | Error)[] | Supply,
  run: (check: ClaimedCheck) => Promise<void> = async () => {},
  outcomeOf: (check: ClaimedCheck) => CheckFinding['outcome'] = () => 'up',
) {
  const clock = new DatabaseClock();
  clock.sample(Date.now(), performance.now(), performance.now());
  const claimedAt: { at: number; limit: number; aheadMs: number; turns: { without: string[] } | null }[] = [];
  const begun: { check: ClaimedCheck; at: number }[] = [];
  const done: { finished: FinishedCheck; urgent: boolean }[] = [];
  const loop = new CheckLoop({
    claim: async (limit, aheadMs, turns) => {
      claimedAt.push({ at: performance.now(), limit, aheadMs, turns });
      const next = typeof claims === 'function' ? claims(limit, turns) : (claims.shift() ?? []);
      if (next instanceof Error) throw next;
      return next;
    },
    run: async (check) => {
      begun.push({ check, at: clock.nowMs() });
      await run(check);
      return { finding: found(outcomeOf(check)), trace: new ExchangeTrace(PLAIN_HTTP), error: null };
    },
    finish: (finished, urgent) => done.push({ finished, urgent }),
    clock,
    log: createLog('silent'),
  });
  onTestFinished(() => loop.stop());
  return { loop, claimedAt, begun, done };
}

test('a check that was claimed ahead begins at its slot, not before and hardly after', async () => {
  const checks = [checkIn(150), checkIn(300), checkIn(450)];
  const { loop, begun, done } = openLoop([checks]);
  loop.wake();
  await expect.poll(() => done.length).toBe(3);
  for (const { check, at } of begun) {
    expect(at - check.slotMs).toBeGreaterThanOrEqual(0);
    expect(at - check.slotMs).toBeLessThan(400);
  }
  expect(done.map(({ finished }) => finished.check.slotMs)).toEqual(checks.map(({ slotMs }) => slotMs));
});

/** Counts the turns of the event loop. */
function countTurns() {
  const turns = { passed: 0 };
  let next = setImmediate(function pass() {
    turns.passed += 1;
    next = setImmediate(pass);
  });
  onTestFinished(() => clearImmediate(next));
  return turns;
}

test('of five hundred checks that are overdue some begin at a time, and in between everything else has its turn', async () => {
  const turns = countTurns();
  const begunIn = new Map<number, number>();
  const { loop, done } = openLoop([Array.from({ length: 500 }, () => checkIn(-50))], async () => {
    begunIn.set(turns.passed, (begunIn.get(turns.passed) ?? 0) + 1);
  });
  loop.wake();
  await expect.poll(() => done.length).toBe(500);
  expect(Math.max(...begunIn.values())).toBeLessThanOrEqual(50);
});

test('checks whose slots are hardly apart begin together', async () => {
  const turns = countTurns();
  const begunIn = new Set<number>();
  const beatMs = Math.ceil((Date.now() + 200) / 5) * 5;
  const checks = [1, 2, 3, 4].map((afterMs) => checkIn(0, { slotMs: beatMs + afterMs }));
  const { loop, done } = openLoop([checks], async () => void begunIn.add(turns.passed));
  loop.wake();
  await expect.poll(() => done.length).toBe(4);
  expect(begunIn.size).toBe(1);
});

test('what is due already begins at once, and is said to be late', async () => {
  const { loop, begun, done } = openLoop([[checkIn(-5000)]]);
  loop.wake();
  await expect.poll(() => done.length).toBe(1);
  const [{ finished } = { finished: undefined }] = done;
  expect((finished?.checkedAtMs ?? 0) - (finished?.check.slotMs ?? 0)).toBeGreaterThanOrEqual(5000);
  expect(begun).toHaveLength(1);
  expect(loop.takeFigures().latenessP99Ms).toBeGreaterThanOrEqual(5000);
  expect(loop.takeFigures().latenessP99Ms).toBeNull();
});

test('to be woken is to look at once', async () => {
  const { loop, claimedAt } = openLoop([]);
  loop.wake();
  await expect.poll(() => claimedAt.length).toBe(1);
  const wokenAt = performance.now();
  loop.wake();
  await expect.poll(() => claimedAt.length, { interval: 5 }).toBeGreaterThan(1);
  expect((claimedAt[1]?.at ?? 0) - wokenAt).toBeLessThan(250); // by itself it looks after 250 ms or more
});

test('a call that comes while it looks is not forgotten', async () => {
  const first = Promise.withResolvers<void>();
  const claimedAt: number[] = [];
  const loop = new CheckLoop({
    claim: async () => {
      claimedAt.push(performance.now());
      if (claimedAt.length === 1) await first.promise;
      return [];
    },
    run: async () => ({ finding: found(), error: null }),
    finish: () => {},
    clock: new DatabaseClock(),
    log: createLog('silent'),
  });
  onTestFinished(() => loop.stop());
  loop.wake();
  loop.wake();
  const releasedAt = performance.now();
  first.resolve();
  await expect.poll(() => claimedAt.length, { interval: 5 }).toBeGreaterThan(1);
  expect((claimedAt[1] ?? 0) - releasedAt).toBeLessThan(250);
});

test('it goes on looking although a claim failed', async () => {
  const { loop, done } = openLoop([new Error('the database is away'), [checkIn(0)]]);
  loop.wake();
  await expect.poll(() => done.length, { timeout: 4000 }).toBe(1);
});

test('what somebody waits for goes out at once: failures, first checks, late ones, those asked for', async () => {
  const onGrid = checkIn(0);
  const asked = checkIn(0, { verification: true });
  const first = checkIn(0, { phaseMs: 17 });
  const { loop, done } = openLoop([[onGrid, asked, first]]);
  loop.wake();
  await expect.poll(() => done.length).toBe(3);
  const urgent = new Map(done.map((each) => [each.finished.check.monitorId, each.urgent]));
  expect(urgent.get(onGrid.monitorId)).toBe(false);
  expect(urgent.get(asked.monitorId)).toBe(true);
  expect(urgent.get(first.monitorId)).toBe(true);
});

test('what was sent and got is let go where a good answer repeats many, and held where a decision may rest on it', async () => {
  const steady = { isSteady: true };
  const repeats = checkIn(0, steady);
  const asked = checkIn(0, { ...steady, verification: true });
  const fails = checkIn(0, steady);
  const first = checkIn(0);
  const { loop, done } = openLoop(
    [[repeats, asked, fails, first]],
    async () => {},
    (check) => (check === fails ? 'down' : 'up'),
  );
  loop.wake();
  await expect.poll(() => done.length).toBe(4);
  const isHeld = new Map(done.map(({ finished: { check, trace } }) => [check.monitorId, trace !== null]));
  expect(isHeld).toEqual(
    new Map([
      [repeats.monitorId, false],
      [asked.monitorId, true],
      [fails.monitorId, true],
      [first.monitorId, true],
    ]),
  );
  for (const { finished } of done) expect(finished.check).not.toHaveProperty('spec');
});

test('to stop is to begin nothing more and to wait for what runs', async () => {
  const release = Promise.withResolvers<void>();
  const running = checkIn(0);
  const waiting = checkIn(700);
  const { loop, begun, done } = openLoop([[running, waiting]], () => release.promise);
  loop.wake();
  await expect.poll(() => begun.length).toBe(1);
  const stopped = loop.stop();
  expect(loop.takeFigures().checksRunning).toBe(1);
  release.resolve();
  await stopped;
  expect(done.map(({ finished }) => finished.check.monitorId)).toEqual([running.monitorId]);
  expect(begun).toHaveLength(1);
});

test('a check never waits for longer than a claim reaches ahead, however wrong the clock was', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { loop, begun } = openLoop([[checkIn(3_600_000)]]);
  const asked = vi.spyOn(globalThis, 'setTimeout');
  loop.wake();
  await vi.waitUntil(() => asked.mock.calls.length > 0, { interval: 1 });
  expect(Math.max(...asked.mock.calls.map(([, ms]) => ms ?? 0))).toBeLessThanOrEqual(750);
  expect(begun).toHaveLength(0);
});

test('at most so many checks are open at once, and what comes free is gathered', async () => {
  const release = Promise.withResolvers<void>();
  const checks = Array.from({ length: 9000 }, (_, index) => checkIn(0, { tenantId: `tenant-${index}` }));
  const { loop, claimedAt, begun } = openLoop(supply(checks), () => release.promise);
  loop.wake();
  await expect.poll(() => begun.length, { timeout: 10_000 }).toBe(4000);
  expect(claimedAt.slice(0, 9).map(({ limit }) => limit)).toEqual([
    ...[500, 500, 500, 500, 500, 500],
    ...[500, 250, 125],
  ]);
  const [, , , , , , , wide, narrow] = claimedAt;
  expect((narrow?.at ?? 0) - (wide?.at ?? 0)).toBeGreaterThan(200);
  release.resolve();
});

test('an organization whose checks all hang leaves room for others', async () => {
  const release = Promise.withResolvers<void>();
  const hanging = Array.from({ length: 9000 }, () => checkIn(0, { tenantId: 'hangs' }));
  const { loop, claimedAt, begun } = openLoop(
    (limit, turns) => (turns?.without.includes('hangs') ? [] : hanging.splice(0, limit)),
    () => release.promise,
  );
  loop.wake();
  await expect.poll(() => claimedAt.at(-1)?.turns, { timeout: 10_000 }).toEqual({ without: ['hangs'] });
  expect(begun.length).toBe(3000);
  release.resolve();
  await expect.poll(() => begun.length).toBeGreaterThan(3000);
});

test('an organization is counted for what is open, not for what it has had', async () => {
  const checks = Array.from({ length: 13_000 }, () => checkIn(0));
  const { loop, claimedAt, done } = openLoop(supply(checks));
  loop.wake();
  await expect.poll(() => done.length, { timeout: 10_000 }).toBe(13_000);
  expect(claimedAt.flatMap(({ turns }) => turns?.without ?? [])).toEqual([]);
});

test('a region goes by turns only while it is behind, and the oldest go in between', async () => {
  const late = () => Array.from({ length: 500 }, () => checkIn(-50));
  const ahead = () => Array.from({ length: 500 }, () => checkIn(600));
  const { loop, claimedAt, done } = openLoop([ahead(), late(), late(), late(), [checkIn(0)]]);
  loop.wake();
  await expect.poll(() => claimedAt.length, { timeout: 5000 }).toBeGreaterThan(5);
  await expect.poll(() => done.length).toBe(2001);
  const byTurns = claimedAt.map(({ turns }) => turns !== null);
  expect(byTurns.slice(0, 4)).toEqual([false, false, true, false]);
  expect(claimedAt.at(-1)?.turns).toBeNull();
});

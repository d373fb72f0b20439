import { expect, onTestFinished, test, vi } from 'vitest';
import { CheckLoop } from '../../prober/check-loop.ts';
import { DatabaseClock } from '../../prober/database-clock.ts';
import { createLog } from '../../prober/log.ts';
import { composeProber } from '../support/composed-prober.ts';
import { listenHttp } from '../support/listen.ts';
import { found, openProberDatabase } from '../support/prober-database.ts';
import { checkAt } from '../support/some-check.ts';

const { addMonitor, addTenant, database } = await openProberDatabase();

test('of a hundred checks a second two probers that started together make half each', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const clock = new DatabaseClock();
  const startMs = performance.now();
  clock.sample(startMs, startMs, startMs);
  let dueMs = startMs;
  // An answer that comes at once: on one beat the second would never find any.
  const openLoop = () => {
    const made = { checks: 0 };
    const loop = new CheckLoop({
      claim: async (limit, aheadMs) => {
        const claimed = [];
        for (; dueMs < clock.nowMs() + aheadMs && claimed.length < limit; dueMs += 10)
          claimed.push(checkAt(dueMs));
        return claimed;
      },
      run: async () => {
        made.checks += 1;
        return { finding: found(), error: null };
      },
      finish: () => {},
      clock,
      log: createLog('silent'),
    });
    onTestFinished(() => loop.stop());
    loop.wake();
    return made;
  };
  const probers = [openLoop(), openLoop()];
  await vi.advanceTimersByTimeAsync(120_000);
  const [first, second] = probers.map(({ checks }) => checks / 12_000);
  expect(first).toBeGreaterThan(0.4);
  expect(second).toBeGreaterThan(0.4);
});

const MONITORS = 100;
const ENOUGH_CHECKS = 800;

test('two probers of a region both make checks, and none is made twice', async () => {
  const target = await listenHttp((response) => response.end('hello'));
  const tenantId = await addTenant();
  for (let number = 0; number < MONITORS; number++) {
    await addMonitor({
      ...{ tenantId, target: `${target.url}/${number}` },
      ...{ intervalSeconds: 1, timeoutMs: 800, phaseMs: number * (1000 / MONITORS) },
    });
  }
  const probers = [
    await composeProber({ databaseUrl: database.urls.prober }),
    await composeProber({ databaseUrl: database.urls.prober }),
  ];
  // What they tell of themselves with each heartbeat.
  const made = () =>
    database.admin<{ checks: number }>('select checks_up::int as checks from prober_instances');
  const inAll = async () => (await made()).reduce((sum, { checks }) => sum + checks, 0);
  await expect.poll(inAll, { timeout: 25_000, interval: 100 }).toBeGreaterThan(ENOUGH_CHECKS);
  for (const { checks } of await made()) expect(checks).toBeGreaterThan(ENOUGH_CHECKS / 10);

  for (const { stop } of probers) await stop();
  const [row] = await database.admin<{ results: number }>(
    'select count(*)::int as results from check_results',
  );
  expect(target.requests).toHaveLength(row?.results ?? 0);
});

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openFaultBox } from '../support/fault-box.ts';
import { changesOf, expectPeacefulEnd, outcomesOf, statesOf } from '../support/fault-facts.ts';
import { openTarget } from '../support/open-target.ts';

/** Longer than the absence: a slot that passes meanwhile must be made up for, once. */
const SELDOM_SECONDS = 600;
const SELDOM = 100;
const OFTEN = 50;
const AWAY_MS = 5 * 60_000;

const box = await openFaultBox();
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 100));
afterAll(target.close);

test('Postgres is away for five minutes: what was under way is kept, all comes back by itself, nothing is said to be down', async () => {
  const server = await box.startServer();
  const prober = await box.startProber();
  const spooled = async () => {
    const names = await readdir(path.join(prober.dataDir, 'spool'));
    return names.filter((name) => name.endsWith('.json')).length;
  };
  const seldomChecked = () =>
    box.ask<{ results: number }>(
      `select count(*)::int as results from check_results r join check_schedule s using (tenant_id, monitor_id, region)
        where s.interval_seconds = $1 and not r.verification group by r.monitor_id`,
      [SELDOM_SECONDS],
    );
  const settings = { target: `${target.url}/`, timeoutMs: 5000 };
  await box.addMonitors(OFTEN, { ...settings, intervalSeconds: 10 });
  await expect.poll(() => statesOf(box), { timeout: 40_000, interval: 250 }).toEqual({ up: OFTEN });
  await box.addMonitors(SELDOM, { ...settings, intervalSeconds: SELDOM_SECONDS });
  // All of them come due within the next half minute.
  await box.ask(
    `with moved as (select monitor_id, date_trunc('milliseconds', now() + make_interval(secs => 30 * random())) as due_at
        from check_schedule where interval_seconds = $1)
      update check_schedule s set due_at = m.due_at, phase_ms = ((extract(epoch from m.due_at) * 1000)::bigint % ($1 * 1000))::int
      from moved m where m.monitor_id = s.monitor_id`,
    [SELDOM_SECONDS],
  );
  await expect
    .poll(async () => (await seldomChecked()).length, { timeout: 30_000, interval: 100 })
    .toBeGreaterThan(SELDOM / 4);

  await box.stopPostgres('immediate');
  const goneAt = performance.now();
  await prober.event('checks.not_claimed');
  await expect.poll(spooled, { timeout: 20_000 }).toBeGreaterThan(0);
  await delay(AWAY_MS - (performance.now() - goneAt)); // as long as the promise says
  await box.startPostgres();

  await prober.event('results.spool_drained', 60_000);
  await expect
    .poll(async () => (await seldomChecked()).length, { timeout: 60_000, interval: 250 })
    .toBe(SELDOM);
  expect((await seldomChecked()).filter(({ results }) => results !== 1)).toEqual([]);
  expect(await spooled()).toBe(0);
  await expect.poll(() => statesOf(box), { timeout: 60_000, interval: 250 }).toEqual({ up: SELDOM + OFTEN });
  expect(await outcomesOf(box)).toEqual(['up']);
  const expected = ['pending -> up', 'unknown -> up', 'up -> unknown'];
  expect((await changesOf(box)).filter((change) => !expected.includes(change))).toEqual([]);
  expect(server.child.exitCode).toBeNull();
  await expectPeacefulEnd(box, [prober]);
});

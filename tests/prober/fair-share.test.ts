import { expect, onTestFinished, test } from 'vitest';
import { CheckLoop } from '../../prober/check-loop.ts';
import { claimByTurns } from '../../prober/claim-by-turns.ts';
import { type ClaimedCheck, claimDueChecks } from '../../prober/claim-due-checks.ts';
import { DatabaseClock } from '../../prober/database-clock.ts';
import { createLog } from '../../prober/log.ts';
import { testRing } from '../support/monitor-key.ts';
import { found, openProberDatabase, REGION } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, addTenant, database, nowMs, pool, schedule } = prober;
const { instanceId } = await prober.addInstance();
const other = await prober.addInstance();

const many = await addTenant();
await addMonitors(many, 50_000);

/** As many monitors of one organization, every one of them due at the same instant. */
async function addMonitors(tenantId: string, monitors: number): Promise<void> {
  await database.admin(
    `with made as (
      insert into monitors (tenant_id, id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
        retry_delay_seconds, recovery, regions, tags)
      select $1, gen_random_uuid(), 'A monitor', 'http', 'https://example.com/' || n,
        '{"method":"GET","headers":{},"body":null,"followRedirects":true}', '[]', 60, 10000, 1, 5, 1, array[$2], '{}'
      from generate_series(1, $3::int) n returning id
    ) insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
    select $1, id, $2, false, now(), 60, 0, 10000 from made`,
    [tenantId, REGION, monitors],
  );
}

/** Has the fifty thousand due again, spread over the last half minute, and nobody else. */
async function fallBehind(): Promise<void> {
  await database.admin('delete from check_schedule where tenant_id <> $1', [many]);
  await database.admin(
    `update check_schedule set leased_by = null, lease_until = null, due_at = now() - random() * interval '30 seconds'`,
  );
  await database.admin('vacuum analyze check_schedule');
}

const takeTurns = (limit: number, without: string[] = []) =>
  claimByTurns(pool, { region: REGION, instanceId, limit, aheadMs: 750, ring: testRing(), without });

const ofTenant = (tenantId: string, checks: ClaimedCheck[]) =>
  checks.filter((check) => check.tenantId === tenantId);

/** A loop over this database whose checks take as long as `run` does. */
async function openLoop(run: (check: ClaimedCheck) => Promise<void>) {
  const clock = new DatabaseClock();
  const sentAt = performance.now();
  clock.sample(await nowMs(), sentAt, performance.now());
  const begun: { check: ClaimedCheck; lateMs: number }[] = [];
  const loop = new CheckLoop({
    claim: (limit, aheadMs, turns) => {
      const claim = { region: REGION, instanceId, limit, aheadMs, ring: testRing() };
      return turns === null ? claimDueChecks(pool, claim) : claimByTurns(pool, { ...claim, ...turns });
    },
    run: async (check) => {
      begun.push({ check, lateMs: clock.nowMs() - check.slotMs });
      await run(check);
      return { finding: found(), error: null };
    },
    finish: () => {},
    clock,
    log: createLog('silent'),
  });
  return { loop, begun };
}

test('of fifty thousand checks and ten that are due, the ten are in the next claim', async () => {
  await fallBehind();
  const few = await addTenant();
  for (let index = 0; index < 10; index++) await addMonitor({ tenantId: few, dueInMs: -15_000 });
  const before = await nowMs();
  const claimed = await takeTurns(500);
  expect(claimed).toHaveLength(500);
  expect(ofTenant(few, claimed)).toHaveLength(10);
  // And of the others those that wait longest.
  expect(Math.max(...ofTenant(many, claimed).map(({ slotMs }) => slotMs))).toBeLessThan(before - 25_000);
});

test('each organization has its share, and what one does not need the others get', async () => {
  await database.admin('delete from check_schedule where tenant_id <> $1', [many]);
  const [one, two, three] = [await addTenant(), await addTenant(), await addTenant()];
  await addMonitors(one, 100);
  await addMonitors(two, 40);
  await addMonitors(three, 4);
  const claimed = await takeTurns(30, [many]);
  expect([one, two, three].map((tenantId) => ofTenant(tenantId, claimed).length)).toEqual([13, 13, 4]);
  const rest = await takeTurns(500, [many]);
  expect([one, two, three].map((tenantId) => ofTenant(tenantId, rest).length)).toEqual([87, 27, 0]);
  expect(await takeTurns(500, [many])).toEqual([]);
});

test('a turn leaves alone what is leased, not due, of another region, or just being taken', async () => {
  await database.admin('delete from check_schedule where tenant_id <> $1', [many]);
  const leased = await addMonitor();
  await claimByTurns(pool, {
    ...{ region: REGION, instanceId: other.instanceId, limit: 10, aheadMs: 0, ring: testRing() },
    without: [many],
  });
  await addMonitor({ dueInMs: 60_000 });
  await addMonitor({ region: 'eu-west' });
  const locked = await addMonitor({ dueInMs: -2000 });
  const free = await addMonitor({ dueInMs: -1000 });
  await database.as('prober', async (client) => {
    await client.query('begin');
    await client.query('select from check_schedule where monitor_id = $1 for update', [locked.monitorId]);
    expect((await takeTurns(10, [many])).map(({ monitorId }) => monitorId)).toEqual([free.monitorId]);
    await client.query('rollback');
  });
  expect((await takeTurns(10, [many])).map(({ monitorId }) => monitorId)).toEqual([locked.monitorId]);
  expect((await schedule(leased))[0]?.leasedBy).toBe(other.instanceId);
});

test('four probers that take turns at once never get the same check, and leave none', async () => {
  await database.admin('delete from check_schedule where tenant_id <> $1', [many]);
  for (let tenants = 0; tenants < 5; tenants++) await addMonitors(await addTenant(), 40);
  const got: string[] = [];
  const takeAll = async () => {
    for (;;) {
      const claimed = await takeTurns(7, [many]);
      if (claimed.length === 0) return;
      got.push(...claimed.map(({ monitorId }) => monitorId));
    }
  };
  await Promise.all([takeAll(), takeAll(), takeAll(), takeAll()]);
  await takeAll();
  expect(got).toHaveLength(200);
  expect(new Set(got).size).toBe(200);
});

test('a prober that is fifty thousand checks behind makes the ten of another organization at once', async () => {
  await fallBehind();
  const few = await addTenant();
  for (let index = 0; index < 10; index++) await addMonitor({ tenantId: few, dueInMs: -15_000 });
  const { loop, begun } = await openLoop(async () => {});
  onTestFinished(() => loop.stop());
  loop.wake();
  const places = () => [...begun.entries()].filter(([, { check }]) => check.tenantId === few);
  await expect.poll(() => places().length, { timeout: 10_000 }).toBe(10);
  // By age they would come after some twenty-five thousand.
  expect(Math.max(...places().map(([place]) => place))).toBeLessThan(5000);
});

test('when all targets of an organization hang, another is checked on time', async () => {
  await fallBehind();
  const release = Promise.withResolvers<void>();
  const few = await addTenant();
  const { loop, begun } = await openLoop((check) =>
    check.tenantId === many ? release.promise : Promise.resolve(),
  );
  onTestFinished(async () => {
    release.resolve();
    await loop.stop();
  });
  loop.wake();
  await expect.poll(() => begun.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3000);
  for (let index = 0; index < 10; index++) await addMonitor({ tenantId: few, dueInMs: 3000 });
  const theirs = () => begun.filter(({ check }) => check.tenantId === few);
  await expect.poll(() => theirs().length, { timeout: 10_000 }).toBe(10);
  for (const { lateMs } of theirs()) expect(lateMs).toBeLessThan(1000);
  expect(begun.filter(({ check }) => check.tenantId === many).length).toBeLessThan(3600);
});

import { beforeEach, expect, test } from 'vitest';
import { nextSlotAfter } from '../../shared/monitoring/check-grid.ts';
import { finished, openProberDatabase } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, claimOne, database, decisions, outcome, passInterval, record, results, schedule } =
  prober;
const { instanceId } = await prober.addInstance();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
  await database.admin('delete from pgboss.job');
});

test('a result older than two intervals stands in history and announces nothing', async () => {
  const monitor = await addMonitor({ intervalSeconds: 20 });
  const check = await claimOne(instanceId);
  await record([finished(check, 'down')], check.slotMs + 40_001);
  expect(await results(monitor)).toHaveLength(1);
  expect(await decisions()).toEqual([]);
  expect(await outcome(monitor)).toMatchObject({ outcome: null, lastSlotMs: null });
});

test('a result of just two intervals still speaks', async () => {
  const monitor = await addMonitor({ intervalSeconds: 20 });
  const check = await claimOne(instanceId);
  await record([finished(check, 'down')], check.slotMs + 39_999);
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('with short intervals half a minute is not late', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10 });
  const check = await claimOne(instanceId);
  await record([finished(check, 'down')], check.slotMs + 29_000);
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('a result that comes late leads to the newest slot, not through all that were missed', async () => {
  const monitor = await addMonitor({ intervalSeconds: 60, phaseMs: 5000 });
  const check = await claimOne(instanceId);
  const now = check.slotMs + 10 * 60_000;
  await record([finished(check)], now);
  const [row] = await schedule(monitor);
  expect(row?.dueMs).toBe(nextSlotAfter(now - 60_000, 60_000, 5000));
  expect(row?.dueMs).toBeGreaterThan(now - 60_000);
  expect(row?.dueMs).toBeLessThanOrEqual(now);
});

test('a result that came after a newer one fills history and turns nothing back', async () => {
  const monitor = await addMonitor({ intervalSeconds: 60 });
  const first = await claimOne(instanceId);
  await passInterval(monitor);
  await database.admin('update check_schedule set leased_by = null where monitor_id = $1', [
    monitor.monitorId,
  ]);
  const second = await claimOne(instanceId);
  await record([finished(second)]);
  await database.admin('delete from pgboss.job');
  await record([finished(first, 'down')]);
  expect(await results(monitor)).toHaveLength(2);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 1, lastSlotMs: second.slotMs });
  expect(await decisions()).toEqual([]);
});

test('a slot that is recorded after a newer verification turns nothing back', async () => {
  const monitor = await addMonitor({ dueInMs: -3000 });
  const onGrid = await claimOne(instanceId);
  await database.admin(
    `insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
    select tenant_id, monitor_id, region, true, due_at + interval '2 seconds', interval_seconds, 0, timeout_ms
    from check_schedule where monitor_id = $1`,
    [monitor.monitorId],
  );
  const verification = await claimOne(instanceId);
  await record([finished(verification)]);
  await record([finished(onGrid, 'down')]);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 1, lastSlotMs: verification.slotMs });
  expect(await results(monitor)).toHaveLength(2);
});

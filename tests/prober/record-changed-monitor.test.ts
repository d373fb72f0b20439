import { beforeEach, expect, test } from 'vitest';
import { finished, openProberDatabase } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, addTenant, claim, claimOne, database, decisions, outcome, record, results, schedule } =
  prober;
const { instanceId } = await prober.addInstance();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
  await database.admin('delete from pgboss.job');
});

test('a monitor deleted in mid-check is harmless, and nothing of it comes back', async () => {
  const tenantId = await addTenant();
  const gone = await addMonitor({ tenantId });
  const kept = await addMonitor({ tenantId });
  const checks = await claim(instanceId);
  await database.admin('delete from check_schedule where monitor_id = $1', [gone.monitorId]);
  await database.admin('delete from monitors where id = $1', [gone.monitorId]);
  await record(checks.map((check) => finished(check, 'down')));
  expect(await schedule(gone)).toEqual([]);
  expect(
    await database.admin('select 1 from region_outcomes where monitor_id = $1', [gone.monitorId]),
  ).toEqual([]);
  expect(await decisions()).toEqual([kept.monitorId]);
  expect(await results(kept)).toHaveLength(1);
});

test('a monitor paused in mid-check is harmless, and stays off the schedule', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  await database.admin('delete from check_schedule where monitor_id = $1', [monitor.monitorId]);
  await record([finished(check, 'down')]);
  expect(await schedule(monitor)).toEqual([]);
  expect(await outcome(monitor)).toMatchObject({ outcome: null });
  expect(await decisions()).toEqual([]);
  expect(await results(monitor)).toHaveLength(1);
});

test('what was found before an edit says nothing about the monitor after it', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  // As `monitors.update` leaves it: forgotten, and due at once.
  await database.admin('update region_outcomes set outcome = null, streak = 0 where monitor_id = $1', [
    monitor.monitorId,
  ]);
  await database.admin(
    `update check_schedule set due_at = date_trunc('milliseconds', clock_timestamp()), leased_by = null, lease_until = null
    where monitor_id = $1`,
    [monitor.monitorId],
  );
  const [edited] = await schedule(monitor);
  await record([finished(check, 'down')]);
  expect(await outcome(monitor)).toMatchObject({ outcome: null, streak: 0 });
  expect(await decisions()).toEqual([]);
  expect(await schedule(monitor)).toEqual([edited]);
  await record([finished(await claimOne(instanceId))]);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 1 });
});

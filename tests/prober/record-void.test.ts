import { beforeEach, expect, test } from 'vitest';
import { finished, openProberDatabase, type Scheduled } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, claimOne, database, decisions, outcome, passInterval, record } = prober;
const { instanceId } = await prober.addInstance();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
  await database.admin('delete from pgboss.job');
});

const voidSince = async ({ monitorId }: Scheduled): Promise<number | null> => {
  const [row] = await database.admin<{ since: Date | null }>(
    'select void_since as since from region_outcomes where monitor_id = $1',
    [monitorId],
  );
  return row?.since?.getTime() ?? null;
};

/** As if this much time had passed since the first slot that had nothing to say. */
const cutOffFor = (seconds: number) =>
  database.admin(
    `update region_outcomes set void_since = date_trunc('milliseconds', now()) - make_interval(secs => $1)
      where void_since is not null`,
    [seconds],
  );

/** What the decision does once it knows. */
const note = () =>
  database.admin(`update check_schedule s set overdue_noted_at = o.void_since from region_outcomes o
    where o.monitor_id = s.monitor_id`);

async function checkedAs(monitor: Scheduled, found: 'up' | 'down' | 'void'): Promise<number> {
  await passInterval(monitor);
  const check = await claimOne(instanceId);
  await record([finished(check, found)]);
  return check.slotMs;
}

test('it is remembered since which slot a region had nothing to say, until it has', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10, timeoutMs: 5000 });
  await checkedAs(monitor, 'up');
  expect(await voidSince(monitor)).toBeNull();
  const first = await checkedAs(monitor, 'void');
  await checkedAs(monitor, 'void');
  expect(await voidSince(monitor)).toBe(first);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 1 });
  await checkedAs(monitor, 'up');
  expect(await voidSince(monitor)).toBeNull();
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 2 });
});

test('void asks for a decision once, when it has gone on for two intervals and 30 s at least', async () => {
  const monitor = await addMonitor({ intervalSeconds: 20, timeoutMs: 5000 });
  await checkedAs(monitor, 'up');
  await checkedAs(monitor, 'void');
  await database.admin('delete from pgboss.job');
  await cutOffFor(38);
  await checkedAs(monitor, 'void');
  expect(await decisions()).toEqual([]);
  await cutOffFor(41);
  await checkedAs(monitor, 'void');
  expect(await decisions()).toEqual([monitor.monitorId]);
  await note();
  await database.admin('delete from pgboss.job');
  for (let more = 0; more < 3; more++) await checkedAs(monitor, 'void');
  expect(await decisions()).toEqual([]);
});

test('short intervals have half a minute', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10, timeoutMs: 5000 });
  await checkedAs(monitor, 'void');
  await cutOffFor(28);
  await checkedAs(monitor, 'void');
  expect(await decisions()).toEqual([]);
  await cutOffFor(31);
  await checkedAs(monitor, 'void');
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('a first failure after void is the first, and none of before is counted again', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10, timeoutMs: 5000 });
  await checkedAs(monitor, 'up');
  for (let cut = 0; cut < 5; cut++) await checkedAs(monitor, 'void');
  await checkedAs(monitor, 'down');
  expect(await outcome(monitor)).toMatchObject({ outcome: 'down', streak: 1 });
});

test('void of a slot that no longer stands, or that comes too late, is history alone', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10, timeoutMs: 5000 });
  const edited = await claimOne(instanceId);
  await passInterval(monitor);
  await record([finished(edited, 'void')]);
  expect(await voidSince(monitor)).toBeNull();
  await passInterval(monitor);
  await database.admin('update check_schedule set leased_by = null');
  const late = await claimOne(instanceId);
  await record([finished(late, 'void')], late.slotMs + 31_000);
  expect(await voidSince(monitor)).toBeNull();
});

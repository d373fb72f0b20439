import { beforeEach, expect, test } from 'vitest';
import { nextSlotAfter } from '../../shared/monitoring/check-grid.ts';
import { finished, found, openProberDatabase } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const {
  addMonitor,
  addTenant,
  claim,
  claimOne,
  database,
  decisions,
  outcome,
  passInterval,
  record,
  results,
  schedule,
} = prober;
const { instanceId } = await prober.addInstance();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
  await database.admin('delete from pgboss.job');
});

test('a recorded check stands in history, and its monitor is due at the next instant of its grid', async () => {
  const monitor = await addMonitor({ intervalSeconds: 60, phaseMs: 12_345 });
  const check = await claimOne(instanceId);
  await record([finished(check)]);
  expect(await results(monitor)).toEqual([{ slotMs: check.slotMs, outcome: 'up', verification: false }]);
  const next = nextSlotAfter(check.slotMs, 60_000, 12_345);
  expect((next - 12_345) % 60_000).toBe(0);
  expect(await schedule(monitor)).toEqual([
    { dueMs: next, leasedBy: null, leaseUntilMs: null, verification: false },
  ]);
  expect(await outcome(monitor)).toEqual({ outcome: 'up', streak: 1, lastSlotMs: check.slotMs });
});

test('everything that was found is kept', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  const timings = {
    dnsMs: 1.25,
    connectMs: 2.5,
    tlsMs: null,
    firstByteMs: 3.75,
    transferMs: 0,
    totalMs: 7.5,
  };
  const finding = { ...found('down'), reason: 'Status 500, expected “200”.', timings };
  await record([{ check, checkedAtMs: check.slotMs + 250, finding }]);
  const [row] = await database.admin('select * from check_results where monitor_id = $1', [
    monitor.monitorId,
  ]);
  expect(row).toMatchObject({
    tenant_id: monitor.tenantId,
    slot_at: new Date(check.slotMs),
    checked_at: new Date(check.slotMs + 250),
    region: 'local',
    verification: false,
    outcome: 'down',
    code: 'unexpected_status',
    reason: 'Status 500, expected “200”.',
    status_code: 500,
    dns_ms: 1.25,
    connect_ms: 2.5,
    tls_ms: null,
    first_byte_ms: 3.75,
    transfer_ms: 0,
    total_ms: 7.5,
  });
});

test('a turn asks for one decision, and a steady check for none', async () => {
  const monitor = await addMonitor();
  await record([finished(await claimOne(instanceId))]);
  expect(await decisions()).toEqual([monitor.monitorId]); // the first answer of all is a turn
  await database.admin('delete from pgboss.job');
  for (let steady = 0; steady < 3; steady++) {
    await passInterval(monitor);
    await record([finished(await claimOne(instanceId))]);
  }
  expect(await decisions()).toEqual([]);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 4 });
  await passInterval(monitor);
  await record([finished(await claimOne(instanceId), 'down')]);
  expect(await decisions()).toEqual([monitor.monitorId]);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'down', streak: 1 });
});

test('decisions that wait for the same monitor are one', async () => {
  const monitor = await addMonitor();
  for (const turn of ['up', 'down', 'up'] as const) {
    await passInterval(monitor);
    await record([finished(await claimOne(instanceId), turn)]);
  }
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('in a batch each monitor is decided for itself', async () => {
  const tenantId = await addTenant();
  const monitors = [
    await addMonitor({ tenantId }),
    await addMonitor({ tenantId }),
    await addMonitor({ tenantId }),
  ];
  const checks = await claim(instanceId);
  await record(checks.map((check) => finished(check)));
  await database.admin('delete from pgboss.job');
  for (const monitor of monitors) await passInterval(monitor);
  const again = await claim(instanceId);
  const bad = monitors[1]?.monitorId;
  await record(again.map((check) => finished(check, check.monitorId === bad ? 'down' : 'up')));
  expect(await decisions()).toEqual([bad]);
});

test('a batch of more than one insert holds is recorded whole', async () => {
  const tenantId = await addTenant();
  for (let index = 0; index < 250; index++) await addMonitor({ tenantId });
  const checks = await claim(instanceId, { limit: 500 });
  expect(checks).toHaveLength(250);
  await record(checks.map((check) => finished(check)));
  const [row] = await database.admin<{ count: number }>(
    'select count(*)::int as count from check_results where tenant_id = $1',
    [tenantId],
  );
  expect(row?.count).toBe(250);
  expect(await claim(instanceId)).toEqual([]);
});

test('to record a batch a second time changes nothing', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  await record([finished(check)]);
  await database.admin('delete from pgboss.job');
  const before = [await results(monitor), await schedule(monitor), await outcome(monitor)];
  await record([finished(check, 'down')]);
  expect([await results(monitor), await schedule(monitor), await outcome(monitor)]).toEqual(before);
  expect(await decisions()).toEqual([]);
});

test('of two probers that made the same check, one result stands', async () => {
  const monitor = await addMonitor();
  const mine = await claimOne(instanceId);
  await database.admin('update check_schedule set leased_by = null where monitor_id = $1', [
    monitor.monitorId,
  ]);
  const theirs = await claimOne(instanceId);
  await Promise.all([record([finished(mine)]), record([finished(theirs)])]);
  expect(await results(monitor)).toHaveLength(1);
  expect(await outcome(monitor)).toMatchObject({ streak: 1 });
});

test('a batch that is rolled back leaves no trace, not even a decision', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  // It fails at the very end, when everything else has been done.
  await database.admin(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
  );
  await database.admin(`create constraint trigger refuse after update on region_outcomes
    deferrable initially deferred for each row execute function refuse()`);
  try {
    await expect(record([finished(check)])).rejects.toThrow('no');
  } finally {
    await database.admin('drop trigger refuse on region_outcomes');
    await database.admin('drop function refuse');
  }
  expect(await results(monitor)).toEqual([]);
  expect(await outcome(monitor)).toMatchObject({ outcome: null });
  expect((await schedule(monitor))[0]).toMatchObject({ dueMs: check.slotMs, leasedBy: instanceId });
  expect(await decisions()).toEqual([]);
  await record([finished(check)]);
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('a void result stands in history, says nothing about the target, and the grid goes on', async () => {
  const monitor = await addMonitor();
  await record([finished(await claimOne(instanceId))]);
  await database.admin('delete from pgboss.job');
  await passInterval(monitor);
  const check = await claimOne(instanceId);
  await record([finished(check, 'void')]);
  expect((await results(monitor)).map((result) => result.outcome)).toEqual(['up', 'void']);
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up', streak: 1 });
  expect(await decisions()).toEqual([]);
  expect((await schedule(monitor))[0]?.dueMs).toBeGreaterThan(check.slotMs);
});

test('a verification is gone once it is recorded, and always asks for a decision', async () => {
  const monitor = await addMonitor({ verification: true });
  await record([finished(await claimOne(instanceId))]);
  expect(await schedule(monitor)).toEqual([]);
  expect((await results(monitor)).map(({ verification }) => verification)).toEqual([true]);
  expect(await decisions()).toEqual([monitor.monitorId]);
});

test('a verification that was asked for anew meanwhile stays', async () => {
  const monitor = await addMonitor({ verification: true });
  const check = await claimOne(instanceId);
  await passInterval(monitor);
  await record([finished(check)]);
  expect(await schedule(monitor)).toHaveLength(1);
});

test('an empty batch asks the database for nothing', async () => {
  await record([]);
  expect(await decisions()).toEqual([]);
});

import pg from 'pg';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { releaseLeases } from '../../prober/claim-due-checks.ts';
import { PROBER_LOCK_CLASS } from '../../shared/jobs/wake-channel.ts';
import { openProberDatabase, REGION } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, addInstance, addTenant, claim, schedule, database } = prober;
const me = await addInstance();
const other = await addInstance();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
});

test('a check that is due is claimed with everything needed to make it', async () => {
  const tenantId = await addTenant();
  const monitor = await addMonitor({
    tenantId,
    target: 'https://example.com/shop',
    intervalSeconds: 30,
    timeoutMs: 5000,
  });
  const before = await prober.nowMs();
  const [check, ...more] = await claim(me.instanceId);
  expect(more).toEqual([]);
  expect(check).toMatchObject({
    tenantId,
    monitorId: monitor.monitorId,
    region: REGION,
    verification: false,
    intervalMs: 30_000,
    spec: {
      kind: 'http',
      target: 'https://example.com/shop',
      http: { method: 'GET', headers: {}, body: null, followRedirects: true },
      assertions: [],
      timeoutMs: 5000,
      degradedAfterMs: null,
    },
  });
  const [row] = await schedule(monitor);
  expect(row).toMatchObject({ dueMs: check?.slotMs, leasedBy: me.instanceId });
  // The lease ends five seconds after the deadline: time to record.
  expect(row?.leaseUntilMs).toBeGreaterThanOrEqual(before + 10_000);
  expect(row?.leaseUntilMs).toBeLessThan(before + 11_000);
});

test('what is claimed is not claimed again, and what is not due is left', async () => {
  await addMonitor({ dueInMs: -10 });
  await addMonitor({ dueInMs: 60_000 });
  expect(await claim(me.instanceId)).toHaveLength(1);
  expect(await claim(me.instanceId)).toHaveLength(0);
  expect(await claim(other.instanceId)).toHaveLength(0);
});

test('a check is claimed ahead of its slot, and keeps that slot', async () => {
  const monitor = await addMonitor({ dueInMs: 500 });
  const [before] = await schedule(monitor);
  expect(await claim(me.instanceId, { aheadMs: 100 })).toEqual([]);
  const [check] = await claim(me.instanceId, { aheadMs: 750 });
  expect(check?.slotMs).toBe(before?.dueMs);
  const [row] = await schedule(monitor);
  expect(row?.leaseUntilMs).toBe((before?.dueMs ?? 0) + 15_000);
});

test('what is due longest is claimed first', async () => {
  const tenantId = await addTenant();
  await addMonitor({ tenantId, dueInMs: -1000 });
  await addMonitor({ tenantId, dueInMs: -2000 });
  const late = await addMonitor({ tenantId, dueInMs: -3000 });
  const latest = await addMonitor({ tenantId, dueInMs: -9000 });
  await addMonitor({ tenantId, dueInMs: -500 });
  // Without its index rows come as they lie: the order is the claim's own.
  await database.admin('drop index check_schedule_due');
  onTestFinished(async () => {
    await database.admin('create index check_schedule_due on check_schedule (region, due_at)');
  });
  const claimed = await claim(me.instanceId, { limit: 2 });
  expect(new Set(claimed.map(({ monitorId }) => monitorId))).toEqual(
    new Set([late.monitorId, latest.monitorId]),
  );
});

test('a prober claims in its own region alone', async () => {
  await addMonitor({ region: 'eu-west' });
  expect(await claim(me.instanceId)).toEqual([]);
  expect(await claim(me.instanceId, { region: 'eu-west' })).toHaveLength(1);
});

test('four probers that claim at once never get the same check, and leave none', async () => {
  const tenantId = await addTenant();
  for (let batch = 0; batch < 200; batch++) await addMonitor({ tenantId });
  const probers = [me, other, await addInstance(), await addInstance()];
  const got: string[] = [];
  const takeAll = async (instanceId: number) => {
    for (;;) {
      const claimed = await claim(instanceId, { limit: 7 });
      if (claimed.length === 0) return;
      got.push(...claimed.map(({ monitorId }) => monitorId));
    }
  };
  await Promise.all(probers.flatMap(({ instanceId }) => [takeAll(instanceId), takeAll(instanceId)]));
  // Rows that somebody else had locked at the moment are skipped, not waited for: look once more.
  await takeAll(me.instanceId);
  expect(got).toHaveLength(200);
  expect(new Set(got).size).toBe(200);
});

test('what somebody else is working on is passed by, not waited for', async () => {
  const locked = await addMonitor({ dueInMs: -2000 });
  const free = await addMonitor({ dueInMs: -1000 });
  await database.as('prober', async (client) => {
    await client.query('begin');
    await client.query('select from check_schedule where monitor_id = $1 for update', [locked.monitorId]);
    const claimed = await claim(me.instanceId);
    expect(claimed.map(({ monitorId }) => monitorId)).toEqual([free.monitorId]);
    await client.query('rollback');
  });
  expect(await claim(me.instanceId)).toMatchObject([{ monitorId: locked.monitorId }]);
});

test('the lease of a prober that lives is left alone, also when its slot is long past', async () => {
  const monitor = await addMonitor({ dueInMs: -20_000, timeoutMs: 40_000 });
  expect(await claim(me.instanceId)).toHaveLength(1);
  expect(await claim(other.instanceId)).toEqual([]);
  expect((await schedule(monitor))[0]?.leasedBy).toBe(me.instanceId);
});

test('the lease of a prober that died is taken over at once', async () => {
  const monitor = await addMonitor();
  const dying = await addInstance();
  const [first] = await claim(dying.instanceId);
  await dying.die();
  const taken = await expect
    .poll(() => claim(other.instanceId), { timeout: 1000, interval: 10 })
    .toHaveLength(1)
    .then(() => schedule(monitor));
  expect(taken[0]).toMatchObject({ leasedBy: other.instanceId, dueMs: first?.slotMs });
});

test('a prober that lives in another database does not keep dead leases alive', async () => {
  await addMonitor();
  const dying = await addInstance();
  await claim(dying.instanceId);
  await dying.die();
  const elsewhere = new URL(database.adminUrl);
  elsewhere.pathname = '/postgres';
  const session = new pg.Client({ connectionString: elsewhere.toString() });
  await session.connect();
  try {
    await session.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, dying.instanceId]);
    await expect.poll(() => claim(other.instanceId), { timeout: 1000, interval: 10 }).toHaveLength(1);
  } finally {
    await session.end();
  }
});

test('a lease that has ended is free, although its prober lives', async () => {
  const monitor = await addMonitor();
  await claim(me.instanceId);
  await database.admin(
    `update check_schedule set lease_until = now() - interval '1 second' where monitor_id = $1`,
    [monitor.monitorId],
  );
  expect(await claim(other.instanceId)).toHaveLength(1);
  expect((await schedule(monitor))[0]?.leasedBy).toBe(other.instanceId);
});

test('a slot found late runs once while less than an interval old, and keeps its instant', async () => {
  const monitor = await addMonitor({ dueInMs: -59_000, intervalSeconds: 60 });
  const [before] = await schedule(monitor);
  const [check] = await claim(me.instanceId);
  expect(check?.slotMs).toBe(before?.dueMs);
});

test('of slots that were missed for longer, only the newest runs', async () => {
  const monitor = await addMonitor({ dueInMs: -3 * 60_000 - 20_000, intervalSeconds: 60 });
  const [before] = await schedule(monitor);
  const claimed = await claim(me.instanceId);
  expect(claimed.map(({ slotMs }) => slotMs)).toEqual([(before?.dueMs ?? 0) + 3 * 60_000]);
  expect((await schedule(monitor))[0]?.dueMs).toBe((before?.dueMs ?? 0) + 3 * 60_000);
});

test('a verification is made however late it is found', async () => {
  const monitor = await addMonitor({ dueInMs: -600_000, intervalSeconds: 60, verification: true });
  const [before] = await schedule(monitor);
  const [check] = await claim(me.instanceId);
  expect(check).toMatchObject({ verification: true, slotMs: before?.dueMs });
});

test('a verification and the slot of the grid are claimed apart', async () => {
  const monitor = await addMonitor();
  await database.admin(
    `insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
    select tenant_id, monitor_id, region, true, due_at + interval '5 milliseconds', interval_seconds, 0, timeout_ms
    from check_schedule where monitor_id = $1`,
    [monitor.monitorId],
  );
  const claimed = await claim(me.instanceId);
  expect(claimed.map(({ verification }) => verification).sort()).toEqual([false, true]);
});

test('a prober that goes in peace gives its leases back, and takes no other with them', async () => {
  const mine = await addMonitor();
  await claim(me.instanceId);
  const theirs = await addMonitor();
  await claim(other.instanceId);
  await releaseLeases(prober.pool, REGION, me.instanceId);
  expect((await schedule(mine))[0]).toMatchObject({ leasedBy: null, leaseUntilMs: null });
  expect((await schedule(theirs))[0]).toMatchObject({ leasedBy: other.instanceId });
});

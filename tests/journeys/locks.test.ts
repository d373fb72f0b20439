import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openHandProber } from '../support/hand-prober.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, server, setPlan } = await openWorld();
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes } = watchMonitors(database, alice);

/** A prober's connection in the middle of recording a batch. */
const recording = new pg.Client({ connectionString: database.urls.prober });
await recording.connect();
afterAll(() => recording.end());

test('a result that is being recorded while a decision is made is not overlooked', async () => {
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');

  // The prober has written the outcome and left the decision to a job that waits already; it has not yet committed.
  await recording.query('begin');
  await recording.query(
    `update region_outcomes set outcome = 'down', streak = 1, last_slot_at = now(), reason = 'x', code = 'timeout'
      where monitor_id = $1`,
    [monitor.id],
  );
  await server.services.boss.insert('monitoring.decide', [
    { data: { tenantId: alice.tenant.id, monitorId: monitor.id }, singletonKey: monitor.id },
  ]);
  await somebodyWaits(database);
  await recording.query('commit');
  await becomes(monitor.id, 'down');
});

test('a monitor can be deleted while its result is being recorded', async () => {
  const monitor = await create();
  await recording.query('begin');
  await recording.query(`update region_outcomes set streak = streak + 1 where monitor_id = $1`, [monitor.id]);
  const removed = alice.send('monitors.remove', { monitorId: monitor.id });
  await somebodyWaits(database);
  // In the other order the two would wait for each other, and Postgres would end one of them.
  await recording.query(`update check_schedule set due_at = due_at where monitor_id = $1`, [monitor.id]);
  await recording.query('commit');
  expect((await removed).status).toBe(200);
  expect((await alice.refused('monitors.get', { monitorId: monitor.id })).status).toBe(404);
});

/** A prober that records a failure and, in the same commit, what was sent: that row points at the monitor's. */
async function recordEvidence(monitorId: string, meanwhile: () => Promise<unknown>): Promise<void> {
  await recording.query('begin');
  await recording.query('update region_outcomes set streak = streak + 1 where monitor_id = $1', [monitorId]);
  await meanwhile();
  await recording.query(
    `insert into check_evidence (tenant_id, monitor_id, slot_at, region, checked_at, verification, finding)
      values ($1, $2, now(), 'local', now(), false, '{}')`,
    [alice.tenant.id, monitorId],
  );
  await recording.query('commit');
}

test('a monitor can be deleted while what its check sent is being recorded', async () => {
  const monitor = await create();
  let removed: ReturnType<typeof alice.send> | undefined;
  await recordEvidence(monitor.id, async () => {
    removed = alice.send('monitors.remove', { monitorId: monitor.id });
    await somebodyWaits(database);
  });
  expect((await removed)?.status).toBe(200);
  expect(await database.admin('select 1 from check_evidence where monitor_id = $1', [monitor.id])).toEqual(
    [],
  );
});

test('a monitor can be changed while what its check sent is being recorded', async () => {
  const monitor = await create();
  let changed: ReturnType<typeof alice.send> | undefined;
  await recordEvidence(monitor.id, async () => {
    changed = alice.send('monitors.update', { monitorId: monitor.id, retries: 3 });
    await somebodyWaits(database);
  });
  expect((await changed)?.status).toBe(200);
});

test('changing and deleting a monitor at the same instant breaks nothing', async () => {
  const monitor = await create();
  const calls = Array.from({ length: 8 }, (_, turn) =>
    turn === 5
      ? alice.send('monitors.remove', { monitorId: monitor.id })
      : alice.send('monitors.update', { monitorId: monitor.id, retries: turn % 5 }),
  );
  const statuses = (await Promise.all(calls)).map((answer) => answer.status);
  expect(statuses[5]).toBe(200);
  expect(statuses.filter((status) => status !== 200 && status !== 404)).toEqual([]);
});

test('a monitor can be deleted while a decision about it is made', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  const deciding = new pg.Client({ connectionString: database.urls.app });
  await deciding.connect();
  try {
    await deciding.query(`begin; set local app.tenant_id = '${alice.tenant.id}'`);
    await deciding.query('select 1 from monitor_states where monitor_id = $1 for update', [monitor.id]);
    const removed = alice.send('monitors.remove', { monitorId: monitor.id });
    await somebodyWaits(database);
    await deciding.query('delete from check_schedule where monitor_id = $1 and verification', [monitor.id]);
    await deciding.query('update check_schedule set overdue_noted_at = null where monitor_id = $1', [
      monitor.id,
    ]);
    await deciding.query('commit');
    expect((await removed).status).toBe(200);
  } finally {
    await deciding.end();
  }
});

test('pausing and resuming at the same instant ends in one of the two, and nothing breaks', async () => {
  const monitor = await create();
  const calls = Array.from({ length: 12 }, (_, turn) =>
    alice.send(turn % 2 === 0 ? 'monitors.pause' : 'monitors.resume', { monitorId: monitor.id }),
  );
  expect(new Set((await Promise.all(calls)).map((answer) => answer.status))).toEqual(new Set([200]));
  const { state } = await get(monitor.id);
  const scheduled = await database.admin('select 1 from check_schedule where monitor_id = $1', [monitor.id]);
  expect(scheduled).toHaveLength(state === 'paused' ? 0 : 1);
  const open = await database.admin('select 1 from state_spans where monitor_id = $1 and to_at is null', [
    monitor.id,
  ]);
  expect(open).toHaveLength(1);
});

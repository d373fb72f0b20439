import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, setPlan } = await openWorld({ regions: ['local', 'eu-west'] });
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes, settled, changes, spans } = watchMonitors(database, alice);

/** As if this much time had passed since the schedule last moved. */
const silentFor = (monitorId: string, seconds: number, region = 'local') =>
  database.admin<{ due_at: Date }>(
    `update check_schedule set due_at = date_trunc('milliseconds', now()) - make_interval(secs => $2)
      where monitor_id = $1 and region = $3 and not verification returning due_at`,
    [monitorId, seconds, region],
  );

test('when results stop coming the state is unknown, from the first slot that was missed', async () => {
  const monitor = await create({ intervalSeconds: 10 });
  const longAgo = new Date(Date.now() - 300_000);
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await database.admin('update state_spans set from_at = $2 where monitor_id = $1 and state = $3', [
    monitor.id,
    longAgo,
    'up',
  ]);
  await database.admin('update monitors set created_at = $2 where id = $1', [monitor.id, longAgo]);
  await database.admin('update monitor_states set since = $2 where monitor_id = $1', [monitor.id, longAgo]);
  const [missed] = await silentFor(monitor.id, 120);
  const unknown = await eventually(async () => {
    const now = await get(monitor.id);
    return now.state === 'unknown' ? now : null;
  }, 15_000);
  expect(unknown.stateSince).toBe(missed?.due_at.toISOString());
  expect(unknown.reason).toBe('Checks were due, but no result came in.');
  expect(await spans(monitor.id)).toMatchObject([
    { state: 'up', from_at: longAgo, to_at: missed?.due_at },
    { state: 'unknown', from_at: missed?.due_at, to_at: null },
  ]);
  const summary = await alice.call('uptime.summary', { monitorId: monitor.id, range: '1h' });
  expect(summary.ratio).toBe(1);
  expect(summary.downSeconds).toBe(0);
  expect(summary.excludedSeconds).toBeGreaterThan(100);

  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
});

test('a monitor that still hears from one region is not unknown', async () => {
  const monitor = await create({ regions: ['local', 'eu-west'], intervalSeconds: 10 });
  for (const region of ['local', 'eu-west']) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  await silentFor(monitor.id, 120, 'eu-west');
  await eventually(async () => {
    const rows = await database.admin(
      `select 1 from check_schedule where monitor_id = $1 and overdue_noted_at is not null`,
      [monitor.id],
    );
    return rows.length === 1;
  }, 15_000);
  expect((await get(monitor.id)).state).toBe('up');
});

/** As if the prober had been cut off for so long already. */
const cutOffFor = async (monitorId: string, seconds: number) => {
  const [row] = await database.admin<{ void_since: Date }>(
    `update region_outcomes set void_since = date_trunc('milliseconds', now()) - make_interval(secs => $2)
      where monitor_id = $1 and void_since is not null returning void_since`,
    [monitorId, seconds],
  );
  return row?.void_since;
};

const decisionsMade = async (monitorId: string) => {
  const rows = await database.admin(
    `select 1 from pgboss.job where name = 'monitoring.decide' and data ->> 'monitorId' = $1`,
    [monitorId],
  );
  return rows.length;
};

test('a monitor whose prober is cut off keeps its state, is unknown after two intervals, and comes back as it is', async () => {
  const monitor = await create({ intervalSeconds: 10 });
  const longAgo = new Date(Date.now() - 300_000);
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await settled(monitor.id);
  await database.admin('update state_spans set from_at = $2 where monitor_id = $1 and state = $3', [
    ...[monitor.id, longAgo, 'up'],
  ]);
  await database.admin('update monitor_states set since = $2 where monitor_id = $1', [monitor.id, longAgo]);
  const before = await decisionsMade(monitor.id);
  await prober.report(monitor, { outcome: 'void', code: 'prober_offline' });
  await prober.report(monitor, { outcome: 'void', code: 'prober_offline' });
  expect(await decisionsMade(monitor.id)).toBe(before);
  expect((await get(monitor.id)).state).toBe('up');

  const firstWordless = await cutOffFor(monitor.id, 60);
  await prober.report(monitor, { outcome: 'void', code: 'prober_offline' });
  const unknown = await becomes(monitor.id, 'unknown');
  expect(unknown).toMatchObject({
    stateSince: firstWordless?.toISOString(),
    reason: 'The prober is cut off from its network.',
  });
  await settled(monitor.id);
  const decided = await decisionsMade(monitor.id);
  for (let more = 0; more < 3; more++) await prober.report(monitor, { outcome: 'void' });
  expect(await decisionsMade(monitor.id)).toBe(decided);

  const back = await prober.report(monitor, { outcome: 'up' });
  const up = await becomes(monitor.id, 'up');
  expect(up).toMatchObject({ stateSince: back.toISOString(), reason: null });
  expect((await changes(monitor.id)).map((change) => change.to_state)).toEqual(['up', 'unknown', 'up']);
});

test('a monitor that was never heard of is unknown too while its prober is cut off, and pausing begins anew', async () => {
  const monitor = await create({ intervalSeconds: 10 });
  await database.admin(
    `update monitor_states set since = now() - interval '5 minutes' where monitor_id = $1`,
    [monitor.id],
  );
  await prober.report(monitor, { outcome: 'void' });
  await cutOffFor(monitor.id, 60);
  await prober.report(monitor, { outcome: 'void' });
  await becomes(monitor.id, 'unknown');
  await alice.call('monitors.pause', { monitorId: monitor.id });
  await alice.call('monitors.resume', { monitorId: monitor.id });
  await prober.report(monitor, { outcome: 'void' });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('pending');
});

test('a prober that is cut off and then gone altogether is one that sends no results', async () => {
  const monitor = await create({ intervalSeconds: 10 });
  await database.admin(
    `update monitor_states set since = now() - interval '5 minutes' where monitor_id = $1`,
    [monitor.id],
  );
  await prober.report(monitor, { outcome: 'void' });
  const firstWordless = await cutOffFor(monitor.id, 120);
  await silentFor(monitor.id, 60);
  const unknown = await eventually(async () => {
    const now = await get(monitor.id);
    return now.state === 'unknown' ? now : null;
  }, 15_000);
  expect(unknown).toMatchObject({
    stateSince: firstWordless?.toISOString(),
    reason: 'Checks were due, but no result came in.',
  });
});

test('a failure of before the prober was cut off confirms none after it', async () => {
  const monitor = await create({ regions: ['local', 'eu-west'], intervalSeconds: 10, retries: 1 });
  for (const region of ['local', 'eu-west']) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down' });
  await prober.report(monitor, { outcome: 'void' });
  await cutOffFor(monitor.id, 60);
  await prober.report(monitor, { outcome: 'up', region: 'eu-west' });
  await prober.report(monitor, { outcome: 'void' });
  await eventually(async () => {
    const [row] = await database.admin<{ outcome: string | null }>(
      `select outcome from region_outcomes where monitor_id = $1 and region = 'local'`,
      [monitor.id],
    );
    return row?.outcome === null;
  });
  await prober.report(monitor, { outcome: 'down' });
  await settled(monitor.id);
  const [row] = await database.admin<{ streak: number }>(
    `select streak from region_outcomes where monitor_id = $1 and region = 'local'`,
    [monitor.id],
  );
  expect(row?.streak).toBe(1);
  expect((await get(monitor.id)).state).toBe('up');
});

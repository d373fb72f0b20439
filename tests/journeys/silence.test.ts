import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, setPlan } = await openWorld({ regions: ['local', 'eu-west'] });
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes, spans } = watchMonitors(database, alice);

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

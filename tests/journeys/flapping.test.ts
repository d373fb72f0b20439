import { expect, test } from 'vitest';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, server, setPlan } = await openWorld();
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const { create, get, becomes, settled, spans } = watchMonitors(database, alice);
const { boss } = server.services;
await boss.createQueue('test.hears', { policy: 'standard' });
await boss.subscribe('state.changed', 'test.hears');

/** The changes of a monitor, oldest first. */
const changes = async (monitorId: string) =>
  (await alice.call('stateChanges.list', { monitorId, limit: 100 })).items.toReversed();

const announced = async (monitorId: string) => {
  const rows = await database.admin(
    `select 1 from pgboss.job where name = 'test.hears' and data ->> 'monitorId' = $1`,
    [monitorId],
  );
  return rows.length;
};

/** Each result is decided upon before the next. */
async function report(monitor: Monitor, ...outcomes: ('up' | 'down')[]): Promise<void> {
  for (const outcome of outcomes) {
    await prober.report(monitor, { outcome });
    await settled(monitor.id);
  }
}

/** A monitor of which two changes are allowed, at its third: down, and held. */
async function flappingMonitor(more: Record<string, unknown> = {}): Promise<Monitor> {
  const monitor = await create({
    ...{ retries: 0, intervalSeconds: 10, flapChanges: 2, flapWindowMinutes: 10, flapQuietMinutes: 1 },
    ...more,
  });
  await report(monitor, 'up', 'down', 'up', 'down');
  await becomes(monitor.id, 'down');
  return monitor;
}

/** As if all that is known of a monitor were so much older. */
async function age(monitorId: string, seconds: number): Promise<void> {
  for (const [table, columns] of [
    ['region_outcomes', ['turned_at']],
    ['monitor_states', ['since', 'flapping_since', 'decide_at']],
    ['state_changes', ['at', 'recorded_at']],
    ['state_spans', ['from_at', 'to_at']],
  ] as const) {
    const sets = columns.map((column) => `${column} = ${column} - make_interval(secs => $2)`);
    await database.admin(`update ${table} set ${sets.join(', ')} where monitor_id = $1`, [
      monitorId,
      seconds,
    ]);
  }
}

test('the change that is one too many says so and is the last: however often it turns, the state is held', async () => {
  const monitor = await flappingMonitor();
  const sentence =
    'Down: Status 500, expected 200 to 399. It has changed 3 times within 10 minutes; the state is held until nothing has turned for 1 minute.';
  expect(await get(monitor.id)).toMatchObject({ reason: sentence, flappingSince: expect.any(String) });
  const notice = await changes(monitor.id);
  expect(notice.map(({ to, flapping }) => [to, flapping])).toEqual([
    ['up', false],
    ['down', false],
    ['up', false],
    ['down', true],
  ]);
  expect(notice.at(-1)?.reason).toBe(sentence);

  await report(monitor, 'up', 'down', 'up', 'up', 'down', 'up');
  expect(await get(monitor.id)).toMatchObject({ state: 'down', reason: sentence });
  expect(await changes(monitor.id)).toEqual(notice);
  expect(await announced(monitor.id)).toBe(notice.length);
  expect(await prober.wanted(monitor.id)).toEqual([]);
});

test('once nothing has turned for so long the state is what the region says, since it last turned, and told once', async () => {
  const monitor = await flappingMonitor();
  const turned = await prober.report(monitor, { outcome: 'up' });
  await report(monitor, 'up', 'up');
  const before = await changes(monitor.id);
  await age(monitor.id, 90);
  const turnedAt = new Date(turned.getTime() - 90_000);
  const up = await eventually(async () => {
    const now = await get(monitor.id);
    return now.state === 'up' ? now : null;
  }, 15_000);
  expect(up).toMatchObject({ stateSince: turnedAt.toISOString(), reason: null, flappingSince: null });
  const after = await changes(monitor.id);
  expect(after).toHaveLength(before.length + 1);
  expect(after.at(-1)).toMatchObject({ from: 'down', to: 'up', flapping: false });
  expect(await announced(monitor.id)).toBe(after.length);
  expect((await spans(monitor.id)).at(-1)).toMatchObject({ state: 'up', from_at: turnedAt, to_at: null });

  // And counting begins anew: the changes of before the flapping are spent.
  await report(monitor, 'down');
  expect((await changes(monitor.id)).at(-1)).toMatchObject({ to: 'down', flapping: false });
});

test('when it stays as it was held, flapping ends without a word', async () => {
  const monitor = await flappingMonitor();
  await report(monitor, 'up', 'down');
  await age(monitor.id, 90);
  const before = await changes(monitor.id);
  const calm = await eventually(async () => {
    const now = await get(monitor.id);
    return now.flappingSince === null ? now : null;
  }, 15_000);
  expect(calm).toMatchObject({ state: 'down', reason: 'Status 500, expected 200 to 399.' });
  expect(await changes(monitor.id)).toEqual(before);
});

test('what has not been said often enough by then is verified before it counts', async () => {
  const monitor = await create({
    ...{ retries: 2, retryDelaySeconds: 1, intervalSeconds: 10, flapChanges: 1, flapQuietMinutes: 1 },
  });
  await report(monitor, 'up', 'down');
  for (let retry = 1; retry <= 2; retry++) {
    await prober.report(monitor, { outcome: 'down', verification: true });
    await settled(monitor.id);
  }
  await becomes(monitor.id, 'down');
  await report(monitor, 'up');
  expect(await get(monitor.id)).toMatchObject({
    ...{ state: 'up', flappingSince: expect.any(String) },
    reason:
      'Up again. It has changed 2 times within 15 minutes; the state is held until nothing has turned for 1 minute.',
  });
  await report(monitor, 'down', 'down');
  expect(await prober.wanted(monitor.id)).toEqual([]);
  await age(monitor.id, 90);
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1, 15_000);
  expect(await get(monitor.id)).toMatchObject({ state: 'up', flappingSince: null, reason: null });
  await prober.report(monitor, { outcome: 'down', verification: true });
  await becomes(monitor.id, 'down');
});

test('silence is told while a monitor flaps, and ends it', async () => {
  const monitor = await flappingMonitor();
  await age(monitor.id, 30);
  await database.admin(
    `update check_schedule set due_at = now() - interval '31 seconds' where monitor_id = $1`,
    [monitor.id],
  );
  const unknown = await eventually(async () => {
    const now = await get(monitor.id);
    return now.state === 'unknown' ? now : null;
  }, 15_000);
  expect(unknown.flappingSince).toBeNull();
  expect((await changes(monitor.id)).at(-1)).toMatchObject({ to: 'unknown', flapping: false });
});

test('an edit ends flapping, and so does a pause', async () => {
  const edited = await flappingMonitor();
  await alice.call('monitors.update', { monitorId: edited.id, flapQuietMinutes: 2 });
  expect(await get(edited.id)).toMatchObject({ state: 'down', flappingSince: null });
  await report(edited, 'up');
  await becomes(edited.id, 'up');

  const paused = await flappingMonitor();
  await alice.call('monitors.pause', { monitorId: paused.id });
  expect(await get(paused.id)).toMatchObject({ state: 'paused', flappingSince: null, reason: null });
  await alice.call('monitors.resume', { monitorId: paused.id });
  await report(paused, 'up');
  await becomes(paused.id, 'up');
});

test('with no changes to count to, nothing is ever held', async () => {
  const monitor = await flappingMonitor({ flapChanges: 0 });
  await report(monitor, 'up', 'down', 'up');
  expect(await get(monitor.id)).toMatchObject({ state: 'up', flappingSince: null });
  expect(await changes(monitor.id)).toHaveLength(7);
});

test('of a monitor that flaps all day, what its checks sent and got does not pile up', async () => {
  const monitor = await flappingMonitor();
  const loose = () =>
    database.admin<{ outcome: string }>(
      `select finding ->> 'outcome' as outcome from check_evidence where monitor_id = $1 and state_change_id is null`,
      [monitor.id],
    );
  await report(monitor, 'up', 'down', 'up', 'down', 'up');
  expect(await loose()).toHaveLength(5);
  await database.admin(
    `update check_evidence set slot_at = slot_at - interval '5 minutes' where monitor_id = $1 and state_change_id is null`,
    [monitor.id],
  );
  await report(monitor, 'down');
  expect(await loose()).toEqual([{ outcome: 'down' }]);
});

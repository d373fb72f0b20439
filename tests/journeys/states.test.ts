import { expect, onTestFinished, test, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, server, setPlan } = await openWorld({ regions: ['local', 'eu-west', 'us-east'] });
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');

const { create, get, becomes, settled, changes, spans } = watchMonitors(database, alice);

test('a new monitor shows its state with the first answer', async () => {
  const monitor = await create();
  const slot = await prober.report(monitor, { outcome: 'up' });
  const up = await becomes(monitor.id, 'up');
  expect(up).toMatchObject({ latencyMs: 15, reason: null, lastCheckedAt: slot.toISOString() });
  expect(up.stateSince).toBe(slot.toISOString());
  expect(await prober.wanted(monitor.id)).toEqual([]);
});

test('one failure alone wakes nobody: it is asked again at once, and forgotten when that is good', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  expect((await get(monitor.id)).state).toBe('up');
  await prober.report(monitor, { outcome: 'up', verification: true });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');
  expect(await prober.wanted(monitor.id)).toEqual([]);
  expect((await changes(monitor.id)).map((change) => change.to_state)).toEqual(['up']);
});

test('a failure that is confirmed turns the monitor down, since its first failing slot, with the reason', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  const first = await prober.report(monitor, { outcome: 'down' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  await prober.report(monitor, { outcome: 'down', verification: true });
  const down = await becomes(monitor.id, 'down');
  expect(down).toMatchObject({
    stateSince: first.toISOString(),
    reason: 'Status 500, expected 200 to 399.',
    latencyMs: null,
  });
  expect(await changes(monitor.id)).toMatchObject([
    { from_state: 'pending', to_state: 'up' },
    { from_state: 'up', to_state: 'down', at: first, code: 'unexpected_status' },
  ]);

  // One good check turns it back, from its own slot on.
  const good = await prober.report(monitor, { outcome: 'up' });
  const up = await becomes(monitor.id, 'up');
  expect(up.stateSince).toBe(good.toISOString());
  expect(up.reason).toBeNull();
  expect(await spans(monitor.id)).toMatchObject([
    { state: 'pending' },
    { state: 'up', to_at: first },
    { state: 'down', from_at: first, to_at: good },
    { state: 'up', from_at: good, to_at: null },
  ]);
});

test('with no retries the first failure counts', async () => {
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down' });
  await becomes(monitor.id, 'down');
});

test('with two retries two failures are not enough, and three are', async () => {
  const monitor = await create({ retries: 2, retryDelaySeconds: 1 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  await prober.report(monitor, { outcome: 'down', verification: true });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');
  await prober.report(monitor, { outcome: 'down', verification: true });
  await becomes(monitor.id, 'down');
});

test('with a recovery of two, one good check is not yet the end', async () => {
  const monitor = await create({ retries: 0, recovery: 2 });
  await prober.report(monitor, { outcome: 'down' });
  await becomes(monitor.id, 'down');
  await prober.report(monitor, { outcome: 'up' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('down');
  await prober.report(monitor, { outcome: 'up', verification: true });
  await becomes(monitor.id, 'up');
});

test('a failure is told though no verification is ever made: what the grid says counts too', async () => {
  const monitor = await create({ retryDelaySeconds: 300, intervalSeconds: 10 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  const first = await prober.report(monitor, { outcome: 'down' });
  await settled(monitor.id);
  await prober.report(monitor, { outcome: 'down' });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');
  // As if two intervals had passed.
  const looks = await database.admin(
    'update monitor_states set decide_at = now() where monitor_id = $1 and decide_at > now() returning 1',
    [monitor.id],
  );
  expect(looks).toHaveLength(1);
  const down = await eventually(async () => {
    const now = await get(monitor.id);
    return now.state === 'down' ? now : null;
  }, 15_000);
  expect(down.stateSince).toBe(first.toISOString());
  expect(await prober.wanted(monitor.id)).toEqual(['local']); // it is due since, and whoever makes it is heard
});

test('a slow target is degraded once that is confirmed, and says so', async () => {
  const monitor = await create();
  const slow = {
    outcome: 'degraded',
    code: 'slow',
    reason: 'Took 900 ms, expected 500 ms at most.',
  } as const;
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, slow);
  await eventually(async () => (await prober.wanted(monitor.id)).length === 1);
  await prober.report(monitor, { ...slow, verification: true });
  expect((await becomes(monitor.id, 'degraded')).reason).toBe(slow.reason);
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
});

const REGIONS = ['local', 'eu-west', 'us-east'];

test('one region of three that cannot reach the target is not enough; two are', async () => {
  const monitor = await create({ regions: REGIONS });
  for (const region of REGIONS) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  await settled(monitor.id);

  const first = await prober.report(monitor, { outcome: 'down', region: 'us-east' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 3);
  await prober.report(monitor, { outcome: 'down', region: 'us-east', verification: true });
  await prober.report(monitor, { outcome: 'up', region: 'eu-west', verification: true });
  await settled(monitor.id);
  await prober.report(monitor, { outcome: 'up', region: 'local', verification: true });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');

  await prober.report(monitor, { outcome: 'down', region: 'eu-west' });
  await eventually(async () => (await prober.wanted(monitor.id)).includes('eu-west'));
  await prober.report(monitor, { outcome: 'down', region: 'eu-west', verification: true });
  const down = await becomes(monitor.id, 'down');
  expect(down.reason).toBe('Down from 2 of 3 regions: Status 500, expected 200 to 399.');
  expect(Date.parse(down.stateSince)).toBeGreaterThan(first.getTime());
});

test('once the others have spoken, a check that was still to come is called off', async () => {
  const monitor = await create({ regions: ['local', 'eu-west'], retryDelaySeconds: 300 });
  for (const region of ['local', 'eu-west']) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  await settled(monitor.id);
  await prober.report(monitor, { outcome: 'down' });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 2);
  await prober.report(monitor, { outcome: 'down', verification: true });
  // Not enough, and eu-west has not been heard yet: in five minutes both would be asked again.
  await eventually(async () => (await prober.wanted(monitor.id)).includes('local'));
  await settled(monitor.id);
  await prober.report(monitor, { outcome: 'up', region: 'eu-west', verification: true });
  await settled(monitor.id);
  expect(await prober.wanted(monitor.id)).toEqual([]);
  expect((await get(monitor.id)).state).toBe('up');
});

test('a check that says nothing about the target changes nothing', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  const before = await becomes(monitor.id, 'up');
  const offline = {
    outcome: 'void',
    code: 'prober_offline',
    reason: 'The prober had no network.',
    statusCode: null,
  } as const;
  await prober.report(monitor, offline);
  await settled(monitor.id);
  expect(await get(monitor.id)).toMatchObject({ state: 'up', lastCheckedAt: before.lastCheckedAt });
  expect(await prober.wanted(monitor.id)).toEqual([]);
});

test('a result that comes too late fills the history and turns nothing', async () => {
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down', slotAt: new Date(Date.now() - 600_000) });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('up');
  const { items } = await alice.call('results.list', { monitorId: monitor.id });
  expect(items.map((result) => result.outcome)).toEqual(['up', 'down']);
});

test('a decision about a monitor that was deleted meanwhile is no error', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  await alice.call('monitors.remove', { monitorId: monitor.id });
  await settled(monitor.id);
});

test('a paused monitor stays paused whatever still comes in', async () => {
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await prober.report(monitor, { outcome: 'down' });
  await alice.call('monitors.pause', { monitorId: monitor.id });
  await settled(monitor.id);
  expect((await get(monitor.id)).state).toBe('paused');
  await alice.call('monitors.resume', { monitorId: monitor.id });
  await prober.report(monitor, { outcome: 'down' });
  // What was found before the pause does not count towards it; here one failure is enough.
  await becomes(monitor.id, 'down');
});

test('a pause stands where it was made, whatever the clock of the server says', async () => {
  const monitor = await create();
  await prober.report(monitor, { outcome: 'up' });
  const { stateSince } = await becomes(monitor.id, 'up');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  await alice.call('monitors.pause', { monitorId: monitor.id });
  await alice.call('monitors.resume', { monitorId: monitor.id });
  vi.useRealTimers();
  const [pending, up, paused, resumed] = await spans(monitor.id);
  expect([pending, up, paused, resumed].map((span) => span?.state)).toEqual([
    ...['pending', 'up', 'paused', 'pending'],
  ]);
  expect(up?.from_at.toISOString()).toBe(stateSince);
  expect(paused?.from_at).toEqual(up?.to_at);
});

test('every change of state is announced once, in the commit that makes it', async () => {
  const { boss } = server.services;
  await boss.createQueue('test.hears', { policy: 'standard' });
  await boss.subscribe('state.changed', 'test.hears');
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');

  // A change that cannot be committed is not announced either.
  await database.admin(
    `create function fail_step() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
  );
  await database.admin(`create constraint trigger fail_step after insert on state_changes deferrable initially deferred
    for each row execute function fail_step()`);
  const refusal = await alice.refused('monitors.pause', { monitorId: monitor.id });
  expect(refusal.status).toBe(500);
  expect(server.takeErrors().length).toBeGreaterThan(0);
  await database.admin('drop trigger fail_step on state_changes');

  await alice.call('monitors.pause', { monitorId: monitor.id });
  const written = await database.admin<{ id: string }>(
    'select id from state_changes where monitor_id = $1 order by recorded_at',
    [monitor.id],
  );
  const heard = await boss.fetch('test.hears', { batchSize: 10 });
  const expected = written.map(({ id }) => ({
    tenantId: alice.tenant.id,
    monitorId: monitor.id,
    stateChangeId: id,
  }));
  const byId = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b));
  expect(heard.map((job) => job.data as object).sort(byId)).toEqual(expected.sort(byId));
  expect(written).toHaveLength(2);
});

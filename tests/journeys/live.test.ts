import { expect, test } from 'vitest';
import type { LiveChange } from '../../shared/monitoring/live-change.ts';
import { type EventStream, openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, charlie, database, server, setPlan, visitor } = world;
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');

let made = 0;
const create = () => {
  made += 1;
  return alice.call('monitors.create', {
    name: `M${made}`,
    kind: 'http',
    target: `https://example.com/${made}`,
  });
};

const about =
  (monitorId: string, more: Record<string, unknown> = {}) =>
  (change: LiveChange) =>
    change.type === 'monitor' &&
    change.monitor.id === monitorId &&
    Object.entries(more).every(([key, value]) => change.monitor[key as 'name'] === value);

const removal = (monitorId: string) => (change: LiveChange) =>
  change.type === 'monitor_removed' && change.monitorId === monitorId;

/** A stream is refused inside itself, as tRPC does it: its one event is the error, and then it ends. */
async function isRefused(stream: EventStream): Promise<void> {
  await eventually(() => stream.ended());
  const [error] = stream.events.filter(({ event }) => event === 'serialized-error');
  expect(JSON.parse(error?.data ?? '').data).toMatchObject({ reason: 'not_signed_in', httpStatus: 401 });
  expect(stream.changes()).toEqual([]);
}

/** Waits until nobody is watched any more, so that each test begins alone. */
const nobodyWatches = () => eventually(() => server.services.liveFeed.size === 0);

test('alice sees her monitor made, checked, changed, paused and deleted, without asking', async () => {
  const stream = await openEventStream(alice);
  expect(stream.status).toBe(200);
  expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
  expect(stream.headers['content-encoding']).toBeUndefined();
  expect(stream.headers['cache-control']).toMatch(/no-(cache|store)/);

  const monitor = await create();
  const first = await stream.hears(about(monitor.id));
  expect(first.change).toEqual({ type: 'monitor', monitor });
  await prober.report(monitor, { outcome: 'up' });
  await stream.hears(about(monitor.id, { state: 'up', latencyMs: 15 }));
  await bob.call('monitors.update', { monitorId: monitor.id, name: 'Renamed by Bob' });
  await stream.hears(about(monitor.id, { name: 'Renamed by Bob' }));
  await alice.call('monitors.pause', { monitorId: monitor.id });
  await stream.hears(about(monitor.id, { state: 'paused' }));
  await alice.call('monitors.remove', { monitorId: monitor.id });
  await stream.hears(removal(monitor.id));
});

test('a change is seen within two seconds', async () => {
  const stream = await openEventStream(alice);
  await eventually(() => server.services.liveFeed.size === 1);
  const monitor = await create();
  const startedAt = performance.now();
  await stream.hears(about(monitor.id));
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

test('what becomes of the organization is told to whoever has a page open: its name, its end, that it stays, and its people', async () => {
  const owner = await world.register('Fleeting', 'owner@fleeting.example');
  const stream = await openEventStream(owner);
  await eventually(() => server.services.liveFeed.size === 1);
  const told = () => stream.changes().filter(({ change }) => change.type === 'organization').length;
  // The first look knows nothing from before.
  const monitor = await owner.call('monitors.create', {
    name: 'M',
    kind: 'http',
    target: 'https://example.com/m',
  });
  await stream.hears(about(monitor.id));
  expect(told()).toBe(0);
  await owner.call('tenants.update', { name: 'Lasting' });
  await eventually(() => told() === 1);
  await owner.call('tenants.remove', { name: 'Lasting' });
  await eventually(() => told() === 2);
  await owner.call('tenants.undoRemoval');
  await eventually(() => told() === 3);
  const member = await world.addMember(owner.tenant, 'member', 'member@fleeting.example');
  await eventually(() => told() === 4);
  const { user } = await member.call('auth.me');
  await owner.call('members.changeRole', { userId: user.id, role: 'admin' });
  await eventually(() => told() === 5);
  await owner.call('members.remove', { userId: user.id });
  await eventually(() => told() === 6);
});

test('charlie hears nothing of what happens at alice’s', async () => {
  const theirs = await openEventStream(charlie);
  const ours = await openEventStream(alice);
  const monitor = await create();
  await ours.hears(about(monitor.id));
  const own = await charlie.call('monitors.create', {
    name: 'C',
    kind: 'http',
    target: 'https://example.com/c',
  });
  await theirs.hears(about(own.id));
  expect(
    theirs
      .changes()
      .map(({ change }) => JSON.stringify(change))
      .join(),
  ).not.toContain(monitor.id);
});

test('a change is told once, though every look goes back a little', async () => {
  await nobodyWatches();
  const stream = await openEventStream(alice);
  const monitor = await create();
  await stream.hears(about(monitor.id));
  const second = await create();
  await stream.hears(about(second.id));
  const third = await create();
  await stream.hears(about(third.id));
  const told = stream.changes().filter(({ change }) => about(monitor.id)(change));
  expect(told).toHaveLength(1);
});

test.each(['input', 'header'] as const)(
  'a page that was away and says so by %s hears of all it missed',
  async (resumeBy) => {
    await nobodyWatches();
    const before = await openEventStream(alice);
    const kept = await create();
    const gone = await create();
    await before.hears(about(kept.id));
    const { id } = await before.hears(about(gone.id));
    expect(id).toMatch(/^\d{4}-/);
    before.close();
    await alice.call('monitors.update', { monitorId: kept.id, name: 'While away' });
    await alice.call('monitors.remove', { monitorId: gone.id });
    await setPlan(alice.tenant, 'free');

    const after = await openEventStream(alice, id ?? '', resumeBy);
    await after.hears(about(kept.id, { name: 'While away' }));
    await after.hears(removal(gone.id));
    await after.hears((change) => change.type === 'plan' && change.plan === 'free');
    await setPlan(alice.tenant, 'pro');
    await after.hears((change) => change.type === 'plan' && change.plan === 'pro');
  },
);

test.each(['2020-01-01T00:00:00.000Z', 'yesterday', '+275760-09-13T00:00:00.000Z', ''])(
  'a page that comes back from %j is asked to load anew',
  async (lastEventId) => {
    const stream = await openEventStream(alice, lastEventId);
    await stream.hears((change) => change.type === 'resync');
  },
);

test('a stream ends within five seconds of a logout', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const stream = await openEventStream(client);
  await stream.hears(about((await create()).id));
  const cookies = new Map(client.cookies);
  await client.call('auth.logout');
  const startedAt = performance.now();
  await eventually(() => stream.ended(), 8000);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  for (const [name, value] of cookies) client.cookies.set(name, value);
  await isRefused(await openEventStream(client));
});

test('a stream ends when its member is removed, and others go on', async () => {
  const dave = await world.addMember(alice.tenant, 'viewer', 'dave@acme.example');
  const stream = await openEventStream(dave);
  const other = await openEventStream(alice);
  await stream.hears(about((await create()).id));
  await database.admin('delete from members where email = $1', [dave.email]);
  await eventually(() => stream.ended(), 8000);
  const monitor = await create();
  await other.hears(about(monitor.id));
  expect(stream.changes().some(({ change }) => about(monitor.id)(change))).toBe(false);
});

test('who is not signed in gets no stream', async () => {
  await isRefused(await openEventStream(visitor()));
});

test('when the last page is closed nobody is looked at any more', async () => {
  const one = await openEventStream(alice);
  const two = await openEventStream(bob);
  await eventually(() => server.services.liveFeed.size === 1);
  one.close();
  await two.hears(about((await create()).id));
  two.close();
  await nobodyWatches();
  // For as long as the search for silence takes to come round again, nobody asks for anything in alice's name.
  let asked = 0;
  server.services.pools.app.on('acquire', () => {
    asked += 1;
  });
  const rounds = async () =>
    (
      await database.admin(
        `select 1 from pgboss.job where name = 'monitoring.find-overdue' and state = 'completed'`,
      )
    ).length;
  const before = await rounds();
  await eventually(async () => (await rounds()) > before, 15_000);
  expect(asked).toBeLessThanOrEqual(1); // the look that was under way
});

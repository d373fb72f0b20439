import { expect, test } from 'vitest';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, addMember, database, setPlan } = await openWorld({
  regions: ['local', 'eu-west', 'us-east'],
});
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const viewer = await addMember(alice.tenant, 'viewer', 'vera@acme.example');

const { create, becomes } = watchMonitors(database, alice);

/** Up, then down, then up again: three changes. */
async function threeChanges() {
  const monitor = await create({ retries: 0 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  const bad = await prober.report(monitor, { outcome: 'down' });
  await becomes(monitor.id, 'down');
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  return { monitor, bad };
}

test('every change of state is listed, newest first, page by page', async () => {
  const { monitor, bad } = await threeChanges();
  const monitorId = monitor.id;
  const whole = await viewer.call('stateChanges.list', { monitorId });
  expect(whole.nextCursor).toBeNull();
  expect(whole.items.map(({ from, to }) => [from, to])).toEqual([
    ['down', 'up'],
    ['up', 'down'],
    ['pending', 'up'],
  ]);
  expect(whole.items[1]).toMatchObject({
    at: bad.toISOString(),
    reason: 'Status 500, expected 200 to 399.',
    code: 'unexpected_status',
    flapping: false,
  });
  const first = await viewer.call('stateChanges.list', { monitorId, limit: 2 });
  expect(first.items).toEqual(whole.items.slice(0, 2));
  const second = await viewer.call('stateChanges.list', { monitorId, limit: 2, cursor: first.nextCursor });
  expect(second).toEqual({ items: whole.items.slice(2), nextCursor: null });
});

test('a cursor of another list is refused, and so is a change that another monitor made', async () => {
  const one = await threeChanges();
  const other = await threeChanges();
  const page = await alice.call('stateChanges.list', { monitorId: one.monitor.id, limit: 1 });
  const refusal = await alice.refused('stateChanges.list', {
    monitorId: other.monitor.id,
    cursor: page.nextCursor,
  });
  expect(refusal.data).toMatchObject({ reason: 'invalid_input', fields: { cursor: expect.any(String) } });
  const [change] = page.items;
  const wrong = await alice.refused('stateChanges.get', {
    monitorId: other.monitor.id,
    stateChangeId: change?.id,
  });
  expect(wrong.data.reason).toBe('not_found');
});

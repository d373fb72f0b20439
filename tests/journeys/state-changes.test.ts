import { expect, test } from 'vitest';
import type { ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { watchMonitors } from '../support/watched-monitors.ts';
import { openWorld } from '../support/world.ts';

const { alice, addMember, database, setPlan } = await openWorld({
  regions: ['local', 'eu-west', 'us-east'],
});
const prober = await openHandProber(database);
await setPlan(alice.tenant, 'pro');
const viewer = await addMember(alice.tenant, 'viewer', 'vera@acme.example');

const { create, becomes, settled } = watchMonitors(database, alice);

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

const REGIONS = ['local', 'eu-west', 'us-east'];

const exchange = (text: string): ExchangeRecord => ({
  hops: [
    {
      ...{ method: 'GET', url: 'https://example.com/', address: '93.184.216.34' },
      ...{ httpVersion: '1.1', tlsVersion: 'TLSv1.3', statusCode: 500 },
      requestHeaders: [['authorization', '(secret)']],
      responseHeaders: [['content-type', 'text/plain']],
    },
  ],
  certificate: null,
  body: { text, isWhole: true },
});

/** The newest change of a monitor, with all it rests on. */
async function newest(monitorId: string) {
  const { items } = await alice.call('stateChanges.list', { monitorId, limit: 1 });
  return alice.call('stateChanges.get', { monitorId, stateChangeId: items[0]?.id ?? '' });
}

test('from a change alice sees every check that counted, what was sent and came back, the votes and the rule', async () => {
  const monitor = await create({ regions: REGIONS, retryDelaySeconds: 1, flapChanges: 7 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  for (const region of ['eu-west', 'us-east']) await prober.report(monitor, { outcome: 'up', region });
  await settled(monitor.id);
  expect((await newest(monitor.id)).attempts).toMatchObject([{ region: 'local', outcome: 'up' }]);

  const first = await prober.report(monitor, {
    ...{ outcome: 'down', region: 'us-east', exchange: exchange('Out of order') },
  });
  await eventually(async () => (await prober.wanted(monitor.id)).length === 3);
  const asked: [string, 'up' | 'down'][] = [
    ['us-east', 'down'],
    ['local', 'up'],
    ['eu-west', 'down'],
  ];
  for (const [region, outcome] of asked) {
    await prober.report(monitor, { outcome, region, verification: true });
    await settled(monitor.id);
  }
  await eventually(async () => (await prober.wanted(monitor.id)).includes('eu-west'));
  await prober.report(monitor, { outcome: 'down', region: 'eu-west', verification: true });
  await becomes(monitor.id, 'down');

  const change = await newest(monitor.id);
  expect(change).toMatchObject({ from: 'up', to: 'down', at: first.toISOString() });
  expect(change.attempts.map(({ region, outcome, verification }) => [region, outcome, verification])).toEqual(
    [
      ['us-east', 'down', false],
      ['us-east', 'down', true],
      ['local', 'up', true],
      ['eu-west', 'down', true],
      ['eu-west', 'down', true],
    ],
  );
  expect(change.attempts[0]).toMatchObject({
    ...{ slotAt: first.toISOString(), code: 'unexpected_status', statusCode: 500 },
    timings: { connectMs: 2, totalMs: 15 },
    exchange: exchange('Out of order'),
  });
  const words = { reason: 'Status 500, expected 200 to 399.', code: 'unexpected_status' };
  const slotAt = expect.stringMatching(/Z$/);
  expect(change.grounds).toEqual({
    rule: {
      ...{ retries: 1, recovery: 1, retryDelaySeconds: 1, needed: 2, voters: 3 },
      ...{ flapChanges: 7, flapWindowMinutes: 15, flapQuietMinutes: 5 },
    },
    votes: [
      { region: 'eu-west', outcome: 'down', streak: 2, slotAt, silent: false, ...words },
      { region: 'local', outcome: 'up', streak: 2, slotAt, silent: false, reason: null, code: 'ok' },
      { region: 'us-east', outcome: 'down', streak: 2, slotAt, silent: false, ...words },
    ],
    suspectSince: first.toISOString(),
    rounds: expect.any(Number),
  });
  expect(change.grounds?.rounds).toBeGreaterThan(1);

  // What counted towards this change counts towards no other.
  for (const region of REGIONS) await prober.report(monitor, { outcome: 'up', region });
  await becomes(monitor.id, 'up');
  const back = await newest(monitor.id);
  expect(back.to).toBe('up');
  expect(back.attempts.length).toBeGreaterThan(0);
  expect(back.attempts.every(({ outcome }) => outcome === 'up')).toBe(true);
  expect(
    (await viewer.call('stateChanges.get', { monitorId: monitor.id, stateChangeId: change.id })).attempts,
  ).toEqual(change.attempts);
});

test('a change that a person made rests on no check, and a silence on none that came', async () => {
  const monitor = await create({ intervalSeconds: 10 });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  await database.admin(
    `update monitor_states set since = now() - interval '5 minutes' where monitor_id = $1`,
    [monitor.id],
  );
  await database.admin(
    `update check_schedule set due_at = now() - interval '2 minutes' where monitor_id = $1`,
    [monitor.id],
  );
  await eventually(async () => {
    const { items } = await alice.call('stateChanges.list', { monitorId: monitor.id });
    return items.some(({ to }) => to === 'unknown');
  }, 15_000);
  const { items } = await alice.call('stateChanges.list', { monitorId: monitor.id });
  const silence = items.find(({ to }) => to === 'unknown');
  const bundle = await alice.call('stateChanges.get', {
    monitorId: monitor.id,
    stateChangeId: silence?.id ?? '',
  });
  expect(bundle).toMatchObject({
    attempts: [],
    grounds: { rule: { voters: 0 }, votes: [{ silent: true }], suspectSince: null },
  });

  await alice.call('monitors.pause', { monitorId: monitor.id });
  expect(await newest(monitor.id)).toMatchObject({ to: 'paused', grounds: null, attempts: [] });
});

test('the last failure is there to be read after the monitor is up again', async () => {
  const monitor = await create({ retries: 3 });
  const ask = () => viewer.call('results.lastFailure', { monitorId: monitor.id });
  await prober.report(monitor, { outcome: 'up' });
  await becomes(monitor.id, 'up');
  expect(await ask()).toBeNull();
  const slot = await prober.report(monitor, { outcome: 'down', exchange: exchange('Out of order') });
  await prober.report(monitor, { outcome: 'up' });
  await settled(monitor.id);
  expect(await ask()).toMatchObject({
    ...{ slotAt: slot.toISOString(), region: 'local', outcome: 'down', exchange: exchange('Out of order') },
    reason: 'Status 500, expected 200 to 399.',
  });
});

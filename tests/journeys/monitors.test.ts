import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld({ regions: ['eu-west', 'us-east'] });
const { alice, bob, database, setPlan } = world;
await setPlan(alice.tenant, 'pro');

const create = (who: Persona, target: string, more: Record<string, unknown> = {}) =>
  who.call('monitors.create', { name: 'Shop', kind: 'http', target, ...more });

const schedule = (monitorId: string) =>
  database.admin<{
    region: string;
    verification: boolean;
    due_in: number;
    interval_seconds: number;
    timeout_ms: number;
  }>(
    `select region, verification, extract(epoch from due_at - now())::float8 as due_in, interval_seconds, timeout_ms
      from check_schedule where monitor_id = $1 order by verification, region`,
    [monitorId],
  );

test('a monitor is made with what alice typed and sensible defaults, and is due at once everywhere', async () => {
  const monitor = await create(alice, 'https://Example.COM');
  expect(monitor).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'Shop',
    kind: 'http',
    target: 'https://example.com/',
    state: 'pending',
    stateSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    reason: null,
    pausedFor: null,
    lastCheckedAt: null,
    latencyMs: null,
    uptime24h: null,
    intervalSeconds: 60,
    timeoutMs: 10_000,
    retries: 1,
    retryDelaySeconds: 5,
    recovery: 1,
    degradedAfterMs: null,
    certificateDays: 7,
    quorum: null,
    flapChanges: 4,
    flapWindowMinutes: 15,
    flapQuietMinutes: 5,
    flappingSince: null,
    silentRegions: [],
    regions: ['eu-west', 'us-east'],
    heldBack: null,
    tags: [],
    http: PLAIN_HTTP,
    assertions: [],
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(await alice.call('monitors.get', { monitorId: monitor.id })).toEqual(monitor);
  expect(await bob.call('monitors.get', { monitorId: monitor.id })).toEqual(monitor);
  const rows = await schedule(monitor.id);
  expect(rows.map((row) => [row.region, row.verification])).toEqual([
    ['eu-west', false],
    ['us-east', false],
  ]);
  for (const row of rows) expect(row.due_in).toBeLessThanOrEqual(0);
  await alice.call('monitors.remove', { monitorId: monitor.id });
});

test('everything that can be set is kept as it was set', async () => {
  const wanted = {
    name: 'Kasse „Süd“ 🛒',
    target: 'https://example.com/all?q=1',
    intervalSeconds: 10,
    timeoutMs: 9999,
    retries: 3,
    retryDelaySeconds: 7,
    recovery: 2,
    degradedAfterMs: 800,
    certificateDays: 21,
    quorum: 2,
    flapChanges: 6,
    flapWindowMinutes: 30,
    flapQuietMinutes: 10,
    regions: ['us-east'],
    tags: ['a "quoted" tag', 'back\\slash', '{braces}', 'NULL', 'ü'],
    http: {
      method: 'POST' as const,
      headers: { 'X-Mark': 'a"b\\c' },
      body: '{"a": "ü"}',
      bodyType: 'json' as const,
      followRedirects: false,
      ipVersion: '6' as const,
      httpVersion: '1.1' as const,
    },
    assertions: [
      { subject: 'status' as const, comparator: 'in' as const, value: '2xx,301' },
      { subject: 'json' as const, name: '$.ok', comparator: 'equals' as const, value: true },
    ],
  };
  const monitor = await alice.call('monitors.create', { kind: 'http', ...wanted });
  expect(monitor).toMatchObject(wanted);
  expect(await alice.call('monitors.get', { monitorId: monitor.id })).toMatchObject(wanted);
  await alice.call('monitors.remove', { monitorId: monitor.id });
});

test('a change keeps what was not mentioned, and has the monitor checked at once', async () => {
  const made = await create(alice, 'https://example.com/change', {
    tags: ['web'],
    http: { headers: { 'X-A': '1' } },
  });
  await database.admin(`update check_schedule set due_at = now() + interval '1 hour' where monitor_id = $1`, [
    made.id,
  ]);
  const named = await alice.call('monitors.update', { monitorId: made.id, name: 'New name', tags: [] });
  expect(named).toMatchObject({ name: 'New name', tags: [], target: made.target, http: made.http });
  // A name changes nothing about when to check.
  for (const row of await schedule(made.id)) expect(row.due_in).toBeGreaterThan(3000);

  const changed = await alice.call('monitors.update', {
    monitorId: made.id,
    target: 'https://example.com/changed',
    http: { method: 'HEAD' },
    regions: ['us-east'],
  });
  expect(changed).toMatchObject({
    target: 'https://example.com/changed',
    http: { ...made.http, method: 'HEAD' },
    regions: ['us-east'],
  });
  const rows = await schedule(made.id);
  expect(rows.map((row) => row.region)).toEqual(['us-east']);
  for (const row of rows) expect(row.due_in).toBeLessThanOrEqual(0);
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('a shorter interval takes the default deadline along, and a chosen deadline is judged', async () => {
  const made = await create(alice, 'https://example.com/interval');
  const faster = await alice.call('monitors.update', { monitorId: made.id, intervalSeconds: 10 });
  expect(faster.timeoutMs).toBe(8000);
  expect((await schedule(made.id)).map((row) => [row.interval_seconds, row.timeout_ms])).toEqual([
    [10, 8000],
    [10, 8000],
  ]);
  await alice.call('monitors.update', { monitorId: made.id, intervalSeconds: 60, timeoutMs: 20_000 });
  const refusal = await alice.refused('monitors.update', { monitorId: made.id, intervalSeconds: 20 });
  expect(refusal.data.fields).toHaveProperty('timeoutMs');
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('a paused monitor is not checked until it is resumed, and then at once', async () => {
  const made = await create(alice, 'https://example.com/pause');
  const paused = await alice.call('monitors.pause', { monitorId: made.id });
  expect(paused.state).toBe('paused');
  expect(await schedule(made.id)).toEqual([]);
  // Twice is as good as once.
  expect(await alice.call('monitors.pause', { monitorId: made.id })).toEqual(paused);
  const refusal = await alice.refused('monitors.checkNow', { monitorId: made.id });
  expect(refusal.status).toBe(409);
  expect(refusal.data.reason).toBe('conflict');

  await alice.call('monitors.update', { monitorId: made.id, target: 'https://example.com/pause2' });
  expect(await schedule(made.id)).toEqual([]);

  const resumed = await alice.call('monitors.resume', { monitorId: made.id });
  expect(resumed.state).toBe('pending');
  expect(Date.parse(resumed.stateSince)).toBeGreaterThan(Date.parse(made.createdAt));
  for (const row of await schedule(made.id)) expect(row.due_in).toBeLessThanOrEqual(0);
  expect(await alice.call('monitors.resume', { monitorId: made.id })).toEqual(resumed);
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('check now asks every region at once, off the grid, and leaves the grid alone', async () => {
  const made = await create(alice, 'https://example.com/now');
  await database.admin(
    `update check_schedule set due_at = now() + interval '50 seconds' where monitor_id = $1`,
    [made.id],
  );
  await alice.call('monitors.checkNow', { monitorId: made.id });
  await alice.call('monitors.checkNow', { monitorId: made.id });
  const rows = await schedule(made.id);
  expect(rows.map((row) => [row.region, row.verification, row.due_in <= 0])).toEqual([
    ['eu-west', false, false],
    ['us-east', false, false],
    ['eu-west', true, true],
    ['us-east', true, true],
  ]);
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('a copy has all settings and starts paused at an address of its own', async () => {
  const made = await create(alice, 'https://example.com/copy?a=1', { tags: ['web'], intervalSeconds: 30 });
  const copy = await alice.call('monitors.duplicate', { monitorId: made.id });
  expect(copy).toMatchObject({
    name: 'Copy of Shop',
    target: 'https://example.com/copy?a=1&copy=2',
    state: 'paused',
    tags: ['web'],
    intervalSeconds: 30,
  });
  const second = await alice.call('monitors.duplicate', { monitorId: made.id });
  expect(second.target).toBe('https://example.com/copy?a=1&copy=3');
  for (const { id } of [made, copy, second]) await alice.call('monitors.remove', { monitorId: id });
});

test('the copy of a long name does not end in half a character', async () => {
  const made = await create(alice, 'https://example.com/long', { name: '🛒'.repeat(60) });
  const copy = await alice.call('monitors.duplicate', { monitorId: made.id });
  expect(copy.name.isWellFormed()).toBe(true);
  expect(copy.name).not.toContain('\ufffd');
  for (const { id } of [made, copy]) await alice.call('monitors.remove', { monitorId: id });
});

test('a deleted monitor is gone, with its schedule and its state', async () => {
  const made = await create(alice, 'https://example.com/gone');
  expect(await alice.call('monitors.remove', { monitorId: made.id })).toEqual({ monitorId: made.id });
  expect((await alice.refused('monitors.get', { monitorId: made.id })).status).toBe(404);
  for (const table of [
    'check_schedule',
    'monitor_states',
    'state_spans',
    'region_outcomes',
    'state_changes',
  ]) {
    expect(await database.admin(`select 1 from ${table} where monitor_id = $1`, [made.id])).toEqual([]);
  }
  // The address is free again.
  await alice.call('monitors.remove', { monitorId: (await create(alice, 'https://example.com/gone')).id });
});

test('nobody but members get anything at all', async () => {
  const visitor = world.visitor();
  for (const name of [
    'monitors.list',
    'monitors.summary',
    'regions.list',
    'monitors.get',
    'results.list',
  ] as const) {
    const refusal = await visitor.refused(name, { monitorId: randomUUID() });
    expect([name, refusal.status, refusal.data.reason]).toEqual([name, 401, 'not_signed_in']);
  }
});

test('the regions are those where a prober has been, the first one first', async () => {
  const { regions } = await alice.call('regions.list');
  expect(regions.map((region) => region.name)).toEqual(['eu-west', 'us-east']);
  expect(Date.now() - Date.parse(regions[0]?.lastSeenAt ?? '')).toBeLessThan(60_000);
});

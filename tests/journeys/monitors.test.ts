import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { appRouter } from '../../server/trpc/router.ts';
import { openWorld, type Persona } from '../support/world.ts';

const world = await openWorld({ regions: ['eu-west', 'us-east'] });
const { alice, bob, charlie, database, register, setPlan } = world;
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
    lastCheckedAt: null,
    latencyMs: null,
    uptime24h: null,
    intervalSeconds: 60,
    timeoutMs: 10_000,
    retries: 1,
    retryDelaySeconds: 5,
    recovery: 1,
    degradedAfterMs: null,
    regions: ['eu-west', 'us-east'],
    tags: [],
    http: { method: 'GET', headers: {}, body: null, followRedirects: true },
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
    regions: ['us-east'],
    tags: ['a "quoted" tag', 'back\\slash', '{braces}', 'NULL', 'ü'],
    http: {
      method: 'POST' as const,
      headers: { 'X-Key': 'a"b\\c' },
      body: '{"a":"\n"}',
      followRedirects: false,
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

const NORMALIZED: [typed: string, kept: string][] = [
  ['HTTPS://EXAMPLE.com:443/', 'https://example.com/'],
  ['http://example.com:80', 'http://example.com/'],
  ['https://example.com:8443/a/../b', 'https://example.com:8443/b'],
  ['https://bücher.example.com/ä', 'https://xn--bcher-kva.example.com/%C3%A4'],
  ['https://example.com/x#part', 'https://example.com/x'],
  ['  https://example.com/y  ', 'https://example.com/y'],
  ['https://example.com/%7Euser?a=%20b', 'https://example.com/%7Euser?a=%20b'],
  ['https://example.com./dot', 'https://example.com./dot'],
];

test.each(NORMALIZED)('%s is kept as %s, and is taken from then on', async (typed, kept) => {
  const monitor = await create(alice, typed);
  expect(monitor.target).toBe(kept);
  const refusal = await alice.refused('monitors.create', { name: 'Again', kind: 'http', target: kept });
  expect(refusal.status).toBe(409);
  expect(refusal.data).toMatchObject({ reason: 'duplicate_target', fields: { target: expect.any(String) } });
  await alice.call('monitors.remove', { monitorId: monitor.id });
});

test('one address may be watched with two methods, and by two organizations', async () => {
  const target = 'https://example.com/methods';
  const get = await create(alice, target);
  const post = await create(alice, target, { http: { method: 'POST' } });
  const theirs = await create(charlie, target);
  const refusal = await alice.refused('monitors.update', { monitorId: post.id, http: { method: 'GET' } });
  expect(refusal.data.reason).toBe('duplicate_target');
  for (const monitorId of [get.id, post.id]) await alice.call('monitors.remove', { monitorId });
  await charlie.call('monitors.remove', { monitorId: theirs.id });
});

const NOT_ALLOWED = [
  'http://127.0.0.1/',
  'http://[::1]/',
  'http://localhost/',
  'http://0x7f000001/',
  'http://169.254.169.254/latest/meta-data',
  'http://10.0.0.1/',
  'http://metadata.internal/',
  'http://router/',
  'http://example.com:25/',
];

test.each(NOT_ALLOWED)('%s is nothing that may be watched', async (target) => {
  const refusal = await alice.refused('monitors.create', { name: 'x', kind: 'http', target });
  expect(refusal.status).toBe(400);
  expect(refusal.data).toMatchObject({
    reason: 'target_not_allowed',
    fields: { target: expect.any(String) },
  });
});

const NO_ADDRESS = [
  'ftp://example.com',
  'example.com',
  'javascript:alert(1)',
  'https://',
  'https://exa mple.com',
  'https://user:secret@example.com',
  'https://example.com\\@evil.example',
  'https://example.com/\u0000',
  `https://example.com/${'x'.repeat(2048)}`,
];

test.each(NO_ADDRESS)('%j is told to be no address', async (target) => {
  const refusal = await alice.refused('monitors.create', { name: 'x', kind: 'http', target });
  expect(refusal.status).toBe(400);
  expect(refusal.data).toMatchObject({ reason: 'invalid_input', fields: { target: expect.any(String) } });
});

const MISTAKES: [what: string, input: Record<string, unknown>, field: string][] = [
  ['a deadline longer than the interval', { intervalSeconds: 10, timeoutMs: 10_000 }, 'timeoutMs'],
  ['a region that nobody runs', { regions: ['mars'] }, 'regions'],
  ['no region at all', { regions: [] }, 'regions'],
  ['a header that we set', { http: { headers: { Host: 'x' } } }, 'http.headers.Host'],
  ['a header of two lines', { http: { headers: { 'X-A': 'a\r\nb' } } }, 'http.headers.X-A'],
  [
    'a pattern that is none',
    { assertions: [{ subject: 'body', comparator: 'matches', value: '(' }] },
    'assertions.0.value',
  ],
  [
    'a path that is none',
    { assertions: [{ subject: 'json', name: '$[', comparator: 'equals', value: 1 }] },
    'assertions.0.value',
  ],
  [
    'a comparison that makes no sense',
    { assertions: [{ subject: 'latency', comparator: 'contains', value: 1 }] },
    'assertions.0.comparator',
  ],
  [
    'a header assertion without its header',
    { assertions: [{ subject: 'header', comparator: 'equals', value: 'x' }] },
    'assertions.0.name',
  ],
];

test.each(MISTAKES)('%s is told at its field', async (_what, input, field) => {
  const refusal = await alice.refused('monitors.create', {
    name: 'x',
    kind: 'http',
    target: 'https://example.com/mistake',
    ...input,
  });
  expect(refusal.status).toBe(400);
  expect(refusal.data.fields).toHaveProperty([field]);
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

/** Procedures that take no id of anything. */
const NAMES_NOTHING = [
  'auth.login',
  'auth.logout',
  'auth.me',
  'auth.register',
  'live.changes',
  'monitors.create',
  'monitors.list',
  'monitors.summary',
  'regions.list',
];

test('someone else’s monitor and one that never was are the same to everyone, byte for byte', async () => {
  const theirs = await create(charlie, 'https://example.com/foreign');
  const never = randomUUID();
  const calls = [
    ['monitors.get', {}],
    ['monitors.update', { name: 'Mine now' }],
    ['monitors.remove', {}],
    ['monitors.pause', {}],
    ['monitors.resume', {}],
    ['monitors.duplicate', {}],
    ['monitors.checkNow', {}],
    ['results.list', {}],
    ['results.series', { range: '1h' }],
    ['uptime.summary', { range: '24h' }],
    ['uptime.days', { days: 7 }],
  ] as const;
  // A procedure that is new has to take part, or be listed as one that names nothing.
  const named = Object.keys(appRouter._def.procedures).filter((name) => !NAMES_NOTHING.includes(name));
  expect(named.sort()).toEqual(calls.map(([name]) => name).sort());
  for (const [name, input] of calls) {
    const foreign = await alice.refused(name, { monitorId: theirs.id, ...input });
    const missing = await alice.refused(name, { monitorId: never, ...input });
    expect([name, foreign.status, foreign.text]).toEqual([name, 404, missing.text]);
    const headers = ({ date: _date, 'x-request-id': _id, ...rest }: typeof foreign.headers) => rest;
    expect(headers(foreign.headers)).toEqual(headers(missing.headers));
  }
  expect(await charlie.call('monitors.get', { monitorId: theirs.id })).toEqual(theirs);
  expect((await alice.call('monitors.list', { search: 'foreign' })).total).toBe(0);
  await charlie.call('monitors.remove', { monitorId: theirs.id });
});

test('the fourth monitor on Free is refused with the limit, and a paused one counts', async () => {
  const eve = await register('Eve’s', 'eve@eve.example');
  const made = [];
  for (const number of [1, 2, 3]) made.push(await create(eve, `https://example.com/${number}`));
  expect(made[0]?.regions).toEqual(['eu-west']);
  await eve.call('monitors.pause', { monitorId: made[0]?.id ?? '' });
  for (const refusal of [
    await eve.refused('monitors.create', { name: 'x', kind: 'http', target: 'https://example.com/4' }),
    await eve.refused('monitors.duplicate', { monitorId: made[1]?.id }),
  ]) {
    expect(refusal.status).toBe(403);
    expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limit: 3, limitOf: 'monitors' });
  }
  expect(await eve.call('monitors.summary')).toMatchObject({ total: 3, limit: 3 });
  await eve.call('monitors.remove', { monitorId: made[0]?.id ?? '' });
  await create(eve, 'https://example.com/4');
});

test('fifty at the same instant never get past the limit', async () => {
  const eve = await register('Eve’s Rush', 'rush@eve.example');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      eve.send('monitors.create', { name: 'x', kind: 'http', target: `https://example.com/${number}` }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
  expect(answers.filter((answer) => answer.status === 403)).toHaveLength(47);
  expect((await eve.call('monitors.list')).total).toBe(3);
});

test('Free checks every minute from one region, whichever way it is asked for more', async () => {
  const eve = await register('Eve’s Pace', 'pace@eve.example');
  const base = { name: 'x', kind: 'http' as const, target: 'https://example.com/' };
  const fast = await eve.refused('monitors.create', { ...base, intervalSeconds: 30 });
  expect(fast.data).toMatchObject({ reason: 'plan_limit_reached', limit: 60, limitOf: 'interval' });
  const wide = await eve.refused('monitors.create', { ...base, regions: ['eu-west', 'us-east'] });
  expect(wide.data).toMatchObject({ reason: 'plan_limit_reached', limit: 1, limitOf: 'regions' });
  const made = await eve.call('monitors.create', { ...base, regions: ['us-east'] });
  const faster = await eve.refused('monitors.update', { monitorId: made.id, intervalSeconds: 10 });
  expect(faster.data.limitOf).toBe('interval');
  expect((await eve.call('monitors.get', { monitorId: made.id })).intervalSeconds).toBe(60);
});

test('what Pro allowed cannot be resumed on Free', async () => {
  const eve = await register('Eve’s Past', 'past@eve.example');
  await setPlan(eve.tenant, 'pro');
  const made = await create(eve, 'https://example.com/pro', { intervalSeconds: 10 });
  await eve.call('monitors.pause', { monitorId: made.id });
  await setPlan(eve.tenant, 'free');
  const refusal = await eve.refused('monitors.resume', { monitorId: made.id });
  expect(refusal.data).toMatchObject({ reason: 'plan_limit_reached', limitOf: 'interval' });
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

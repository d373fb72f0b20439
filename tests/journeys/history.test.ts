import { expect, test } from 'vitest';
import { insertStatement } from '../database/two-tenants.ts';
import { fillMonitors } from '../support/fill.ts';
import { openWorld } from '../support/world.ts';

const { alice, charlie, database, setPlan } = await openWorld();
await setPlan(alice.tenant, 'pro');
await database.admin('select ops.ensure_partitions(current_date - 100, current_date)');

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A result of a monitor; `agoMs` before now. */
async function addResult(
  monitorId: string,
  agoMs: number,
  more: Record<string, unknown> = {},
  tenant = alice.tenant,
) {
  const slot = new Date(Math.floor((Date.now() - agoMs) / 1000) * 1000);
  const { text, values } = insertStatement('check_results', {
    tenant_id: tenant.id,
    monitor_id: monitorId,
    slot_at: slot,
    region: 'local',
    checked_at: slot,
    verification: false,
    outcome: 'up',
    code: 'ok',
    status_code: 200,
    dns_ms: 1,
    connect_ms: 2,
    tls_ms: 3,
    first_byte_ms: 4,
    transfer_ms: 5,
    total_ms: 15,
    ...more,
  });
  await database.admin(text, values);
  return slot;
}

const newMonitor = async (createdAt = new Date(Date.now() - 100 * DAY)) => {
  const [id = ''] = await fillMonitors(database, alice.tenant, [{ createdAt }]);
  return id;
};

test('results come newest first, with all that was found', async () => {
  const monitorId = await newMonitor();
  await addResult(monitorId, 2 * MINUTE);
  const slot = await addResult(monitorId, MINUTE, {
    outcome: 'down',
    code: 'connect_refused',
    reason: 'Connection refused.',
    status_code: null,
    tls_ms: null,
    first_byte_ms: null,
    transfer_ms: null,
    total_ms: 3.5,
    verification: true,
  });
  const { items, nextCursor } = await alice.call('results.list', { monitorId });
  expect(nextCursor).toBeNull();
  expect(items.map((item) => item.outcome)).toEqual(['down', 'up']);
  expect(items[0]).toEqual({
    slotAt: slot.toISOString(),
    checkedAt: slot.toISOString(),
    region: 'local',
    outcome: 'down',
    verification: true,
    reason: 'Connection refused.',
    code: 'connect_refused',
    statusCode: null,
    timings: { dnsMs: 1, connectMs: 2, tlsMs: null, firstByteMs: null, transferMs: null, totalMs: 3.5 },
  });
});

test('pages of results show each once, also where two regions share a slot', async () => {
  const monitorId = await newMonitor();
  for (let minute = 1; minute <= 12; minute++) {
    for (const region of ['a', 'b']) await addResult(monitorId, minute * MINUTE, { region });
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof alice.call<'results.list'>>> = await alice.call('results.list', {
      monitorId,
      limit: 5,
      cursor,
    });
    seen.push(...page.items.map((item) => `${item.slotAt} ${item.region}`));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(24);
  expect(new Set(seen).size).toBe(24);
  expect(seen).toEqual([...seen].sort().reverse());
});

test('results can be narrowed by time and outcome; the beginning belongs to it, the end does not', async () => {
  const monitorId = await newMonitor();
  const slots = [];
  for (const minute of [3, 2, 1]) slots.push(await addResult(monitorId, minute * MINUTE));
  await addResult(monitorId, 90_000, { outcome: 'down', code: 'timeout' });
  const [oldest, middle, newest] = slots.map((slot) => slot.toISOString());
  const between = await alice.call('results.list', { monitorId, from: oldest, to: newest });
  expect(between.items.map((item) => item.slotAt)).toContain(oldest);
  expect(between.items.map((item) => item.slotAt)).toContain(middle);
  expect(between.items.map((item) => item.slotAt)).not.toContain(newest);
  const down = await alice.call('results.list', { monitorId, outcome: 'down' });
  expect(down.items.map((item) => item.code)).toEqual(['timeout']);
});

test('raw results reach back as far as the plan keeps them, whatever is asked', async () => {
  const monitorId = await newMonitor();
  for (const days of [1, 8, 89, 91]) await addResult(monitorId, days * DAY);
  const ask = async () =>
    (await alice.call('results.list', { monitorId, from: '2000-01-01T00:00:00Z' })).items.length;
  expect(await ask()).toBe(3);
  await setPlan(alice.tenant, 'free');
  expect(await ask()).toBe(1);
  await setPlan(alice.tenant, 'pro');
});

const STEPS = {
  '1h': [60, 60],
  '24h': [900, 96],
  '7d': [3600, 168],
  '30d': [14_400, 180],
  '90d': [86_400, 90],
} as const;

test.each(Object.entries(STEPS))(
  'the chart of %s has every step, empty ones too',
  async (range, [step, points]) => {
    const monitorId = await newMonitor();
    await addResult(monitorId, 1000, { total_ms: 40 });
    const series = await alice.call('results.series', { monitorId, range: range as keyof typeof STEPS });
    expect(series.stepSeconds).toBe(step);
    expect(series.points).toHaveLength(points);
    const last = series.points.filter((point) => point.up > 0);
    expect(last).toHaveLength(1);
    expect(last[0]).toMatchObject({ p50Ms: 40, p95Ms: 40, up: 1, down: 0 });
    expect(series.points[0]).toMatchObject({
      p50Ms: null,
      phases: null,
      up: 0,
      degraded: 0,
      down: 0,
      unknown: 0,
    });
    const instants = series.points.map((point) => Date.parse(point.at));
    expect(
      instants.every((at, index) => index === 0 || at - (instants[index - 1] ?? 0) === step * 1000),
    ).toBe(true);
  },
);

test('a step tells latencies of what answered, and counts what did not', async () => {
  const monitorId = await newMonitor();
  const inside = 10 * MINUTE;
  const start = Math.floor((Date.now() - inside) / MINUTE) * MINUTE;
  const at = (second: number) => Date.now() - (start + second * 1000);
  for (const [index, total_ms] of [10, 20, 30, 40].entries())
    await addResult(monitorId, at(index * 5), { total_ms });
  await addResult(monitorId, at(25), { outcome: 'degraded', code: 'slow', total_ms: 1000 });
  await addResult(monitorId, at(30), { outcome: 'down', code: 'timeout', total_ms: 10_000, dns_ms: null });
  await addResult(monitorId, at(35), { outcome: 'void', code: 'prober_offline', total_ms: 0 });
  // A verification comes in bursts, and would weigh too much.
  await addResult(monitorId, at(40), { verification: true, total_ms: 7777 });
  const { points } = await alice.call('results.series', { monitorId, range: '1h' });
  const point = points.find((each) => each.up > 0);
  expect(point).toEqual({
    at: new Date(start).toISOString(),
    p50Ms: 30,
    p95Ms: expect.closeTo(808, 0),
    phases: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5 },
    up: 4,
    degraded: 1,
    down: 1,
    unknown: 1,
  });
});

async function addSpans(monitorId: string, spans: [state: string, fromMs: number, toMs: number | null][]) {
  for (const [state, fromMs, toMs] of spans) {
    await database.admin(
      'insert into state_spans (tenant_id, monitor_id, state, from_at, to_at) values ($1, $2, $3, $4, $5)',
      [alice.tenant.id, monitorId, state, new Date(fromMs), toMs === null ? null : new Date(toMs)],
    );
  }
}

test('checks that were due and never made show in the chart as unknown', async () => {
  const monitorId = await newMonitor();
  const hour = 60 * MINUTE;
  const from = Math.floor(Date.now() / hour) * hour - 5 * hour;
  await addSpans(monitorId, [
    ['up', from - hour, from],
    ['unknown', from, from + 1.5 * hour],
    ['up', from + 1.5 * hour, null],
  ]);
  await addResult(monitorId, Date.now() - from - MINUTE, { outcome: 'void', code: 'prober_offline' });
  const { points } = await alice.call('results.series', { monitorId, range: '7d' });
  const told = points.filter((point) => point.unknown > 0).map((point) => [point.at, point.unknown]);
  expect(told).toEqual([
    [new Date(from).toISOString(), 60],
    [new Date(from + hour).toISOString(), 30],
  ]);
});

test('uptime is what was up of what was watched, and the rest is missing coverage', async () => {
  const now = Date.now();
  const hour = 3_600_000;
  const monitorId = await newMonitor(new Date(now - 10 * DAY));
  await addSpans(monitorId, [
    ['up', now - 10 * DAY, now - 12 * hour],
    ['down', now - 12 * hour, now - 9 * hour],
    ['degraded', now - 9 * hour, now - 6 * hour],
    ['unknown', now - 6 * hour, now - 4 * hour],
    ['paused', now - 4 * hour, now - 3 * hour],
    ['maintenance', now - 3 * hour, now - 2 * hour],
    ['up', now - 2 * hour, null],
  ]);
  const summary = await alice.call('uptime.summary', { monitorId, range: '24h' });
  expect(summary.upSeconds).toBeCloseTo(14 * 3600, -1);
  expect(summary.degradedSeconds).toBeCloseTo(3 * 3600, -1);
  expect(summary.downSeconds).toBeCloseTo(3 * 3600, -1);
  expect(summary.excludedSeconds).toBeCloseTo(4 * 3600, -1);
  expect(summary.ratio).toBeCloseTo(17 / 20, 3);
  expect(summary.coverage).toBeCloseTo(20 / 24, 3);
  // The list tells the same.
  expect((await alice.call('monitors.get', { monitorId })).uptime24h).toBeCloseTo(17 / 20, 3);
});

test('a monitor that was never watched has no uptime, and a new one is not blamed for the time before it', async () => {
  const pending = await newMonitor();
  await addSpans(pending, [['pending', Date.now() - DAY, null]]);
  expect(await alice.call('uptime.summary', { monitorId: pending, range: '24h' })).toMatchObject({
    ratio: null,
    coverage: 0,
  });
  expect((await alice.call('monitors.get', { monitorId: pending })).uptime24h).toBeNull();

  const created = new Date(Date.now() - 3_600_000);
  const fresh = await newMonitor(created);
  await addSpans(fresh, [['up', created.getTime(), null]]);
  const summary = await alice.call('uptime.summary', { monitorId: fresh, range: '30d' });
  expect(summary).toMatchObject({ ratio: 1, excludedSeconds: 0 });
  expect(summary.coverage).toBeCloseTo(1, 3);
});

test('what was only ever down has an uptime of zero', async () => {
  const monitorId = await newMonitor();
  await addSpans(monitorId, [['down', Date.now() - 2 * DAY, null]]);
  expect((await alice.call('uptime.summary', { monitorId, range: '24h' })).ratio).toBe(0);
  expect((await alice.call('monitors.get', { monitorId })).uptime24h).toBe(0);
});

test('ninety bars are ninety days, today the last, each with its own uptime', async () => {
  const today = Math.floor(Date.now() / DAY) * DAY;
  const monitorId = await newMonitor(new Date(today - 3 * DAY));
  await addSpans(monitorId, [
    ['up', today - 3 * DAY, today - 2 * DAY + DAY / 2],
    ['down', today - 2 * DAY + DAY / 2, today - DAY],
    ['up', today - DAY, null],
  ]);
  const days = await alice.call('uptime.days', { monitorId });
  expect(days).toHaveLength(90);
  expect(days.at(-1)?.day).toBe(new Date(today).toISOString().slice(0, 10));
  expect(days.slice(0, 86).every((day) => day.ratio === null)).toBe(true);
  expect(days.slice(86).map((day) => day.ratio)).toEqual([1, 0.5, 1, 1]);
  expect(await alice.call('uptime.days', { monitorId, days: 1 })).toHaveLength(1);
});

test('charlie’s results stay charlie’s even where ids would match', async () => {
  const monitorId = await newMonitor();
  await addResult(monitorId, MINUTE, {}, charlie.tenant);
  expect((await alice.call('results.list', { monitorId })).items).toEqual([]);
});

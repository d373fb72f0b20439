import { expect, test } from 'vitest';
import { keepHistory } from '../../server/domains/monitoring/keep-history.ts';
import type { Result } from '../../shared/checks/check-result.ts';
import { RANGES, type Series } from '../../shared/monitoring/history.ts';
import { HOUR_MS } from '../../shared/monitoring/packed-results.ts';
import { eventually } from '../support/eventually.ts';
import { fillMonitors } from '../support/fill.ts';
import { type PastResult, recordPast } from '../support/past-results.ts';
import { openWorld } from '../support/world.ts';

const { alice, charlie, database, server, setPlan } = await openWorld();
await setPlan(alice.tenant, 'pro');

const DAY_MS = 24 * HOUR_MS;
const thisHourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

const newMonitor = async (tenant = alice.tenant) => {
  const [monitorId = ''] = await fillMonitors(database, tenant, [
    { createdAt: new Date(Date.now() - 40 * DAY_MS) },
  ]);
  return { tenantId: tenant.id, monitorId };
};

/** As the job does it, for the organization alone. */
const pack = (tenantId = alice.tenant.id) => keepHistory(server.services.tenant(tenantId), Date.now());

const countOf = async (table: string, monitorId: string) => {
  const [row] = await database.admin<{ count: number }>(
    `select count(*)::int as count from ${table} where monitor_id = $1`,
    [monitorId],
  );
  return row?.count;
};

/** Every ten minutes of four days, from two regions; now and then a failure with its verification. */
function fourDays(): PastResult[] {
  const results: PastResult[] = [];
  for (let slotMs = thisHourMs - 4 * DAY_MS + 123_456; slotMs < thisHourMs; slotMs += 10 * 60_000) {
    const index = Math.floor(slotMs / 600_000);
    const outcome =
      index % 41 === 0 ? 'down' : index % 29 === 0 ? 'degraded' : index % 67 === 0 ? 'void' : 'up';
    for (const region of ['eu-west', 'eua']) results.push({ slotAt: new Date(slotMs), region, outcome });
    if (outcome !== 'down') continue;
    results.push({ slotAt: new Date(slotMs + 777), region: 'eua', outcome, verification: true });
  }
  return results;
}

/** Every page of a list, one after the other. */
async function listAll(
  monitorId: string,
  more: { from?: string; to?: string; outcome?: 'down' } = {},
  limit = 50,
) {
  const items: Result[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Result[]; nextCursor: string | null } = await alice.call('results.list', {
      monitorId,
      ...more,
      limit,
      cursor,
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Latencies as near as what a pack keeps of them, a hundredth of a millisecond; everything else as it was. */
const nearly = (series: Series) => ({
  ...series,
  points: series.points.map((point) => ({
    ...point,
    p50Ms: point.p50Ms === null ? null : expect.closeTo(point.p50Ms, 1),
    p95Ms: point.p95Ms === null ? null : expect.closeTo(point.p95Ms, 1),
    phases:
      point.phases === null
        ? null
        : Object.fromEntries(
            Object.entries(point.phases).map(([phase, ms]) => [phase, expect.closeTo(ms, 1)]),
          ),
  })),
});

test('what was found stays readable, page by page and in every chart, when it is packed', async () => {
  const monitor = await newMonitor();
  const { monitorId } = monitor;
  await recordPast(database, monitor, fourDays());
  const ask = async () => ({
    all: await listAll(monitorId),
    odd: await listAll(monitorId, {}, 7),
    down: await listAll(monitorId, { outcome: 'down' }, 3),
    between: await listAll(monitorId, {
      from: new Date(thisHourMs - 3.3 * DAY_MS).toISOString(),
      to: new Date(thisHourMs - 0.7 * DAY_MS).toISOString(),
    }),
    page: (await alice.call('monitors.list', {})).items.find(({ id }) => id === monitorId)?.recentLatenciesMs,
  });
  const charts = () => Promise.all(RANGES.map((range) => alice.call('results.series', { monitorId, range })));
  const before = await ask();
  const chartsBefore = await charts();
  const raw = await countOf('check_results', monitorId);
  expect(before.all).toHaveLength(raw ?? 0);

  await pack();

  expect(await countOf('packed_results', monitorId)).toBe(3 * 24 * 2);
  expect((await countOf('check_results', monitorId)) ?? 0).toBeLessThan((raw ?? 0) / 3.8);
  expect(await ask()).toEqual(before);
  expect(await charts()).toEqual(chartsBefore.map(nearly));
});

test('to pack a second time writes nothing', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  await pack();
  const rows = async () => {
    const found = [];
    for (const table of ['packed_results', 'hourly_rollups', 'daily_rollups']) {
      found.push(
        await database.admin(`select xmin, ctid, * from ${table} where monitor_id = $1 order by 4, 5, 6`, [
          monitor.monitorId,
        ]),
      );
    }
    return found;
  };
  const before = await rows();
  await pack();
  expect(await rows()).toEqual(before);
});

test('several who pack at the same instant lose nothing and double nothing', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  const before = await listAll(monitor.monitorId);
  const late = { slotAt: new Date(thisHourMs - 2 * DAY_MS + 1), region: 'eua' };
  await Promise.all([pack(), pack(), recordPast(database, monitor, [late]), pack()]);
  await pack();
  const after = await listAll(monitor.monitorId);
  expect(after).toHaveLength(before.length + 1);
  expect(after.filter(({ slotAt }) => slotAt !== late.slotAt.toISOString())).toEqual(before);
  const [raw] = await database.admin(
    `select 1 from check_results where monitor_id = $1 and slot_at < now() - interval '25 hours'`,
    [monitor.monitorId],
  );
  expect(raw).toBeUndefined();
});

test('killed in the middle, packing has not happened, and the next run does it whole', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  const before = await listAll(monitor.monitorId);
  const raw = await countOf('check_results', monitor.monitorId);
  await database.as('owner', async (client) => {
    // It has taken results out of their table, and waits to write their packs.
    await client.query('begin; lock table packed_results in share row exclusive mode');
    const packing = pack();
    const killed = await eventually(async () => {
      const rows = await database.admin<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "packed_results"%'`,
      );
      return rows[0]?.pid;
    });
    await database.admin('select pg_terminate_backend($1)', [killed]);
    await client.query('commit');
    await expect(packing).rejects.toThrow('1 of ');
  });
  expect(await countOf('check_results', monitor.monitorId)).toBe(raw);
  expect(await countOf('packed_results', monitor.monitorId)).toBe(0);
  await pack();
  expect(await listAll(monitor.monitorId)).toEqual(before);
  expect(await countOf('packed_results', monitor.monitorId)).toBe(3 * 24 * 2);
});

test('a late result is there at once, and joins the pack of its hour', async () => {
  const monitor = await newMonitor();
  const hourMs = thisHourMs - 3 * DAY_MS;
  const at = (minute: number) => new Date(hourMs + minute * 60_000);
  await recordPast(database, monitor, [{ slotAt: at(1) }, { slotAt: at(3) }]);
  await pack();
  await recordPast(database, monitor, [{ slotAt: at(2), outcome: 'down' }]);
  const slots = [at(3), at(2), at(1)].map((slot) => slot.toISOString());
  const series = async () => {
    const { points } = await alice.call('results.series', { monitorId: monitor.monitorId, range: '7d' });
    return points.find((point) => Date.parse(point.at) === hourMs);
  };
  expect((await listAll(monitor.monitorId)).map(({ slotAt }) => slotAt)).toEqual(slots);
  const chart = await series();
  expect(chart).toMatchObject({ up: 2, down: 1 });
  await pack();
  expect((await listAll(monitor.monitorId)).map(({ slotAt }) => slotAt)).toEqual(slots);
  expect(await series()).toEqual(chart);
  expect(await countOf('check_results', monitor.monitorId)).toBe(0);
  const rollups = await database.admin('select up, down from hourly_rollups where monitor_id = $1', [
    monitor.monitorId,
  ]);
  expect(rollups).toEqual([{ up: 2, down: 1 }]);
});

test('a result that is recorded again after it was packed is shown once, as it was the first time', async () => {
  const monitor = await newMonitor();
  const slotAt = new Date(thisHourMs - 2 * DAY_MS + 60_000);
  await recordPast(database, monitor, [{ slotAt }]);
  await pack();
  const before = await listAll(monitor.monitorId);
  const chart = await alice.call('results.series', { monitorId: monitor.monitorId, range: '30d' });
  await recordPast(database, monitor, [{ slotAt, outcome: 'down' }]);
  expect(await listAll(monitor.monitorId)).toEqual(before);
  expect(await alice.call('results.series', { monitorId: monitor.monitorId, range: '30d' })).toEqual(chart);
  await pack();
  expect(await listAll(monitor.monitorId)).toEqual(before);
  expect(await countOf('check_results', monitor.monitorId)).toBe(0);
});

test('an hour and a day come to what was found in them', async () => {
  const monitor = await newMonitor();
  const dayMs = Math.floor(thisHourMs / DAY_MS) * DAY_MS - 5 * DAY_MS;
  const results: PastResult[] = [100, 200, 300, 400].map((totalMs, minute) => ({
    slotAt: new Date(dayMs + 2 * HOUR_MS + minute * 60_000),
    totalMs,
  }));
  results.push({ slotAt: new Date(dayMs + 2 * HOUR_MS + 300_000), outcome: 'down' });
  results.push({ slotAt: new Date(dayMs + 2 * HOUR_MS + 300_500), outcome: 'down', verification: true });
  results.push({ slotAt: new Date(dayMs + 7 * HOUR_MS), outcome: 'degraded', totalMs: 5000 });
  await recordPast(database, monitor, results);
  for (const [state, from, to] of [
    ['up', dayMs - DAY_MS, dayMs + 2.25 * HOUR_MS],
    ['down', dayMs + 2.25 * HOUR_MS, dayMs + 2.75 * HOUR_MS],
    ['up', dayMs + 2.75 * HOUR_MS, null],
  ] as const) {
    await database.admin(
      'insert into state_spans (tenant_id, monitor_id, state, from_at, to_at) values ($1, $2, $3, $4, $5)',
      [alice.tenant.id, monitor.monitorId, state, new Date(from), to === null ? null : new Date(to)],
    );
  }
  await pack();
  const rollups = (table: string, at: string) =>
    database.admin(
      `select ${at} as at, up, degraded, down, void, up_seconds, degraded_seconds, down_seconds, excluded_seconds,
        p50_ms, p95_ms, p99_ms, dns_ms, transfer_ms from ${table} where monitor_id = $1 order by 1`,
      [monitor.monitorId],
    );
  expect(await rollups('hourly_rollups', 'hour_at')).toMatchObject([
    {
      at: new Date(dayMs + 2 * HOUR_MS),
      ...{ up: 4, degraded: 0, down: 1, void: 0 },
      ...{ up_seconds: 1800, degraded_seconds: 0, down_seconds: 1800, excluded_seconds: 0 },
      ...{ p50_ms: 250, p95_ms: 385, p99_ms: 397, transfer_ms: 0.4 },
    },
    { at: new Date(dayMs + 7 * HOUR_MS), up: 0, degraded: 1, up_seconds: 3600, p50_ms: 5000 },
  ]);
  const [day, ...others] = await rollups('daily_rollups', 'day_at');
  expect(others).toEqual([]);
  expect(day).toMatchObject({
    at: new Date(dayMs),
    ...{ up: 4, degraded: 1, down: 1, void: 0, up_seconds: 84_600, down_seconds: 1800 },
  });
  expect(Number(day?.p50_ms) / 300).toBeCloseTo(1, 2);
  expect(Number(day?.transfer_ms)).toBeCloseTo(0.4, 2);
});

test('a monitor that cannot be packed keeps no other from it', async () => {
  const [broken, sound] = [await newMonitor(), await newMonitor()].sort((a, b) =>
    a.monitorId < b.monitorId ? -1 : 1,
  );
  if (broken === undefined || sound === undefined) throw new Error('Too few.');
  const slotAt = new Date(thisHourMs - 2 * DAY_MS);
  for (const monitor of [broken, sound]) await recordPast(database, monitor, [{ slotAt }]);
  await database.admin(`update check_results set total_ms = 'NaN' where monitor_id = $1`, [broken.monitorId]);
  await expect(pack()).rejects.toThrow('1 of ');
  expect(await countOf('packed_results', sound.monitorId)).toBe(1);
  expect(await countOf('check_results', broken.monitorId)).toBe(1);
  await database.admin('delete from check_results where monitor_id = $1', [broken.monitorId]);
});

test('a monitor that is deleted takes its packs with it', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  await pack();
  await alice.call('monitors.remove', { monitorId: monitor.monitorId });
  for (const table of ['packed_results', 'hourly_rollups', 'daily_rollups']) {
    expect(await countOf(table, monitor.monitorId)).toBe(0);
  }
});

test('the job does it for every organization, each as itself', async () => {
  const [own, others] = [await newMonitor(), await newMonitor(charlie.tenant)];
  const slotAt = new Date(thisHourMs - 2 * DAY_MS);
  for (const monitor of [own, others]) await recordPast(database, monitor, [{ slotAt }]);
  await server.services.boss.send('monitoring.keep-histories', null);
  await eventually(async () => {
    const packed = [
      await countOf('packed_results', own.monitorId),
      await countOf('packed_results', others.monitorId),
    ];
    return packed.every((count) => count === 1);
  }, 15_000);
  expect((await charlie.call('results.list', { monitorId: others.monitorId })).items).toHaveLength(1);
  await expect(charlie.call('results.list', { monitorId: own.monitorId })).rejects.toThrow();
});

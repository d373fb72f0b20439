import { expect, test } from 'vitest';
import type { Result } from '../../shared/checks/check-result.ts';
import { RANGES, type Series } from '../../shared/monitoring/history.ts';
import { HOUR_MS } from '../../shared/monitoring/packed-results.ts';
import { eventually } from '../support/eventually.ts';
import { openHandProber } from '../support/hand-prober.ts';
import { type PastResult, recordPast } from '../support/past-results.ts';
import { openPastWorld } from '../support/past-world.ts';

const { alice, charlie, database, server, thisHourMs, newMonitor, keep, countOf, listAll, fourDays } =
  await openPastWorld();
const prober = await openHandProber(database);

const DAY_MS = 24 * HOUR_MS;

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

/**
 * A whole day is told by its rollup: percentiles are those of a digest, within half a percent of a check that was made, where
 * single results give one between two of them. At the edge of what there is these two may lie far from each other.
 */
const nearlyByDay = (series: Series, results: readonly Result[]) => {
  const { points, ...rest } = nearly(series);
  const within = (at: string, share: number) => {
    const fromMs = Date.parse(at);
    const sorted = results
      .filter(({ slotAt, outcome }) => {
        const afterMs = Date.parse(slotAt) - fromMs;
        return (outcome === 'up' || outcome === 'degraded') && afterMs >= 0 && afterMs < DAY_MS;
      })
      .map(({ timings }) => timings.totalMs)
      .sort((a, b) => a - b);
    const place = share * (sorted.length - 1);
    const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    if (lower === undefined || upper === undefined) return null;
    return expect.toSatisfy((found: number) => found >= 0.98 * lower && found <= 1.02 * upper);
  };
  return {
    ...rest,
    points: points.map((point) => ({
      ...point,
      p50Ms: within(point.at, 0.5),
      p95Ms: within(point.at, 0.95),
    })),
  };
};

test('what was found stays readable, page by page and in every chart, when it is packed', async () => {
  const monitor = await newMonitor();
  const { monitorId } = monitor;
  await recordPast(database, monitor, fourDays());
  const daysAgo = (days: number) => new Date(thisHourMs - days * DAY_MS).toISOString();
  const ask = async () => ({
    all: await listAll(monitorId, {}, 200),
    // Across the border between packed and raw, with pages that begin anywhere in an hour.
    few: await listAll(monitorId, { from: daysAgo(1.4), to: daysAgo(0.8) }, 7),
    down: await listAll(monitorId, { outcome: 'down' }, 3),
    between: await listAll(monitorId, { from: daysAgo(3.3), to: daysAgo(2.7) }),
    page: (await alice.call('monitors.list', {})).items.find(({ id }) => id === monitorId)?.recentLatenciesMs,
  });
  const charts = () => Promise.all(RANGES.map((range) => alice.call('results.series', { monitorId, range })));
  const before = await ask();
  const chartsBefore = await charts();
  const raw = await countOf('check_results', monitorId);
  expect(before.all).toHaveLength(raw);

  await keep();

  expect(await countOf('packed_results', monitorId)).toBe(3 * 24 * 2);
  expect(await countOf('check_results', monitorId)).toBeLessThan(raw / 3.8);
  expect(await ask()).toEqual(before);
  expect(await charts()).toEqual(
    chartsBefore.map((chart, place) =>
      RANGES[place] === '90d' ? nearlyByDay(chart, before.all) : nearly(chart),
    ),
  );
});

test('a chart of 90 days opens no pack of a day that is packed as a whole, and tells a late result of it at once', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  await keep();
  const chart = async () => {
    const { points } = await alice.call('results.series', { monitorId: monitor.monitorId, range: '90d' });
    return points.filter(({ up }) => up > 0);
  };
  const before = await chart();
  const today = Math.floor(thisHourMs / DAY_MS) * DAY_MS;
  const packs = await database.admin<{ region: string; hour_at: Date; results: Buffer }>(
    'select region, hour_at, results from packed_results where monitor_id = $1 and hour_at >= $2 and hour_at < $3',
    [monitor.monitorId, new Date(today - 3 * DAY_MS), new Date(today - 2 * DAY_MS)],
  );
  expect(packs).toHaveLength(2 * 24);
  const replace = ({ region, hour_at }: { region: string; hour_at: Date }, results: Buffer) =>
    database.admin(
      'update packed_results set results = $1 where monitor_id = $2 and region = $3 and hour_at = $4',
      [results, monitor.monitorId, region, hour_at],
    );
  for (const pack of packs) await replace(pack, Buffer.of(255)); // nobody can read that
  expect(await chart()).toEqual(before);
  for (const pack of packs) await replace(pack, pack.results);

  const dayAt = new Date(today - 3 * DAY_MS).toISOString();
  const upOf = (points: { at: string; up: number }[]) => points.find(({ at }) => at === dayAt)?.up ?? 0;
  await recordPast(database, monitor, [{ slotAt: new Date(today - 2.5 * DAY_MS + 4321) }]);
  expect(upOf(await chart())).toBe(upOf(before) + 1);
  await keep();
  expect(upOf(await chart())).toBe(upOf(before) + 1);
});

test('a late result is there at once, and joins the pack of its hour', async () => {
  const monitor = await newMonitor();
  const hourMs = thisHourMs - 3 * DAY_MS;
  const at = (minute: number) => new Date(hourMs + minute * 60_000);
  await recordPast(database, monitor, [{ slotAt: at(1) }, { slotAt: at(3) }]);
  await keep();
  await recordPast(database, monitor, [{ slotAt: at(2), outcome: 'down' }]);
  const slots = [at(3), at(2), at(1)].map((slot) => slot.toISOString());
  const series = async () => {
    const { points } = await alice.call('results.series', { monitorId: monitor.monitorId, range: '7d' });
    return points.find((point) => Date.parse(point.at) === hourMs);
  };
  expect((await listAll(monitor.monitorId)).map(({ slotAt }) => slotAt)).toEqual(slots);
  const chart = await series();
  expect(chart).toMatchObject({ up: 2, down: 1 });
  await keep();
  expect((await listAll(monitor.monitorId)).map(({ slotAt }) => slotAt)).toEqual(slots);
  expect(await series()).toEqual(chart);
  expect(await countOf('check_results', monitor.monitorId)).toBe(0);
  const rollups = await database.admin('select up, down from hourly_rollups where monitor_id = $1', [
    monitor.monitorId,
  ]);
  expect(rollups).toEqual([{ up: 2, down: 1 }]);
});

test('a result that waited on a prober’s disk for many days joins the history', async () => {
  const monitor = await alice.call('monitors.create', {
    name: 'Shop',
    kind: 'http',
    target: 'https://example.com/shop',
  });
  const slotAt = new Date(thisHourMs - 13 * DAY_MS);
  const day = `check_results_${slotAt.toISOString().slice(0, 10).replaceAll('-', '')}`;
  await database.admin(`drop table if exists ${day}`);
  await server.services.boss.send('operations.partitions', null);
  await eventually(async () => (await database.admin('select to_regclass($1) as day', [day]))[0]?.day);
  await prober.report(monitor, { outcome: 'down', slotAt });
  await keep();
  expect(await countOf('packed_results', monitor.id)).toBe(1);
  expect(await listAll(monitor.id)).toMatchObject([{ slotAt: slotAt.toISOString(), outcome: 'down' }]);
  expect((await alice.call('monitors.get', { monitorId: monitor.id })).state).toBe('pending');
});

test('a result that is recorded again after it was packed is shown once, as it was the first time', async () => {
  const monitor = await newMonitor();
  const slotAt = new Date(thisHourMs - 2 * DAY_MS + 60_000);
  await recordPast(database, monitor, [{ slotAt }]);
  await keep();
  const before = await listAll(monitor.monitorId);
  const chart = await alice.call('results.series', { monitorId: monitor.monitorId, range: '30d' });
  await recordPast(database, monitor, [{ slotAt, outcome: 'down' }]);
  expect(await listAll(monitor.monitorId)).toEqual(before);
  expect(await alice.call('results.series', { monitorId: monitor.monitorId, range: '30d' })).toEqual(chart);
  await keep();
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
  await keep();
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

test('a monitor that is deleted takes its packs with it', async () => {
  const monitor = await newMonitor();
  await recordPast(database, monitor, fourDays());
  await keep();
  await alice.call('monitors.remove', { monitorId: monitor.monitorId });
  for (const table of ['packed_results', 'hourly_rollups', 'daily_rollups']) {
    expect(await countOf(table, monitor.monitorId)).toBe(0);
  }
});

test('the job does it for every organization, each as itself', async () => {
  const [own, others] = [await newMonitor(), await newMonitor(charlie)];
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

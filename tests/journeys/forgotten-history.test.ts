import { expect, test } from 'vitest';
import { LatencyDigest } from '../../server/domains/monitoring/latency-digest.ts';
import { PLANS } from '../../shared/billing/plans.ts';
import type { SeriesPoint } from '../../shared/monitoring/history.ts';
import { HOUR_MS } from '../../shared/monitoring/packed-results.ts';
import { insertStatement } from '../database/two-tenants.ts';
import { type PastResult, pastLatencyMs, recordPast } from '../support/past-results.ts';
import { openPastWorld } from '../support/past-world.ts';

/** Charlie's is on the free plan since it was made, Alice's was not always. */
const { alice, charlie, database, setPlan, thisHourMs, newMonitor, keep } = await openPastWorld();

const DAY_MS = 24 * HOUR_MS;
const FREE_MS = PLANS.free.retentionDays * DAY_MS;

/** Every twenty minutes of three weeks, until a day ago. */
function threeWeeks(): PastResult[] {
  const results: PastResult[] = [];
  for (
    let slotMs = thisHourMs - 21 * DAY_MS + 60_000;
    slotMs < thisHourMs - 2 * DAY_MS;
    slotMs += 20 * 60_000
  ) {
    results.push({
      slotAt: new Date(slotMs),
      outcome: Math.floor(slotMs / 1_200_000) % 31 === 0 ? 'down' : 'up',
    });
  }
  return results;
}

/** The latencies of the two checks in the middle, or twice that of the one, of those that were answered in a step. */
function middleOf(at: string, stepSeconds: number): [number, number] {
  const fromMs = Date.parse(at);
  const sorted = threeWeeks()
    .filter(({ slotAt, outcome }) => {
      const ms = slotAt.getTime();
      return outcome === 'up' && ms >= fromMs && ms < fromMs + stepSeconds * 1000;
    })
    .map(({ slotAt }) => pastLatencyMs(slotAt))
    .sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return [sorted[Math.floor(middle)] ?? Number.NaN, sorted[Math.ceil(middle)] ?? Number.NaN];
}

const packedHours = async (monitorId: string) => {
  const rows = await database.admin<{ hour_at: Date }>(
    'select hour_at from packed_results where monitor_id = $1 order by hour_at',
    [monitorId],
  );
  return rows.map((row) => row.hour_at.getTime());
};

const answered = (points: SeriesPoint[]) => points.filter((point) => point.up > 0);

test('single results go when the plan keeps them no longer, and the charts stay', async () => {
  const monitor = await newMonitor(charlie);
  const { monitorId } = monitor;
  await recordPast(database, monitor, threeWeeks());
  const ask = () =>
    Promise.all(
      (['7d', '30d', '90d'] as const).map((range) => charlie.call('results.series', { monitorId, range })),
    );
  const list = () => charlie.call('results.list', { monitorId, limit: 200, from: '2000-01-01T00:00:00Z' });
  const before = await ask();
  const listed = await list();

  await keep(charlie);

  const hours = await packedHours(monitorId);
  expect(hours).toHaveLength((FREE_MS - 2 * DAY_MS) / HOUR_MS);
  expect(Math.min(...hours)).toBe(thisHourMs - FREE_MS);
  expect(await list()).toEqual(listed);
  const after = await ask();
  for (const [index, series] of after.entries()) {
    const counts = ({ up, degraded, down, unknown }: SeriesPoint) => [up, degraded, down, unknown];
    expect(series.points.map(counts)).toEqual(before[index]?.points.map(counts));
    const old = answered(before[index]?.points ?? []);
    expect(old.length).toBeGreaterThan(10);
    for (const [place, point] of answered(series.points).entries()) {
      expect(point.phases?.firstByteMs).toBeCloseTo(old[place]?.phases?.firstByteMs ?? 0, 1);
      expect(point.phases?.transferMs).toBeCloseTo(old[place]?.phases?.transferMs ?? 0, 1);
      // A digest gives the latency of a check that was made, within 2 %, where raw results give one between two of them.
      const [lower, upper] = middleOf(point.at, series.stepSeconds);
      expect(point.p50Ms).toBeGreaterThan(lower * 0.98);
      expect(point.p50Ms).toBeLessThan(upper * 1.02);
    }
  }
});

test('a result that comes for an hour that is forgotten spoils nothing, and goes', async () => {
  const monitor = await newMonitor(charlie);
  const { monitorId } = monitor;
  const hourMs = thisHourMs - 10 * DAY_MS;
  await recordPast(database, monitor, [{ slotAt: new Date(hourMs) }, { slotAt: new Date(hourMs + 60_000) }]);
  await keep(charlie);
  expect(await packedHours(monitorId)).toEqual([]);
  const chart = () => charlie.call('results.series', { monitorId, range: '30d' });
  const before = await chart();
  expect(answered(before.points)).toMatchObject([{ up: 2, down: 0 }]);
  await recordPast(database, monitor, [{ slotAt: new Date(hourMs + 120_000), outcome: 'down' }]);
  expect(await chart()).toEqual(before);
  await keep(charlie);
  expect(await chart()).toEqual(before);
  expect(await packedHours(monitorId)).toEqual([]);
  expect(await database.admin('select 1 from check_results where monitor_id = $1', [monitorId])).toEqual([]);
});

test('losing Pro deletes nothing for a month, though older results cannot be read', async () => {
  const monitor = await newMonitor(alice);
  const { monitorId } = monitor;
  await recordPast(database, monitor, [{ slotAt: new Date(thisHourMs - 20 * DAY_MS) }]);
  await setPlan(alice.tenant, 'free');
  await keep(alice);
  const listed = async () => (await alice.call('results.list', { monitorId })).items.length;
  expect(await listed()).toBe(0);
  await setPlan(alice.tenant, 'pro');
  expect(await listed()).toBe(1);
  await setPlan(alice.tenant, 'free');
  await database.admin(`update tenants set plan_changed_at = now() - interval '31 days' where id = $1`, [
    alice.tenant.id,
  ]);
  await keep(alice);
  await setPlan(alice.tenant, 'pro');
  expect(await listed()).toBe(0);
  expect(answered((await alice.call('results.series', { monitorId, range: '30d' })).points)).toHaveLength(1);
});

test('hours and days are kept for two years', async () => {
  const monitor = await newMonitor(charlie);
  const rollup = {
    tenant_id: monitor.tenantId,
    monitor_id: monitor.monitorId,
    ...{ up: 6, degraded: 0, down: 0, void: 0 },
    ...{ up_seconds: 3600, degraded_seconds: 0, down_seconds: 0, excluded_seconds: 0 },
    digest: Buffer.from(new LatencyDigest().toBytes()),
  };
  for (const days of [729, 733]) {
    const at = new Date(thisHourMs - days * DAY_MS);
    for (const row of [
      { hour_at: at, ...rollup },
      { day_at: at, ...rollup },
    ]) {
      const { text, values } = insertStatement('hour_at' in row ? 'hourly_rollups' : 'daily_rollups', row);
      await database.admin(text, values);
    }
  }
  await keep(charlie);
  const left = await database.admin(
    `select hour_at as at from hourly_rollups where monitor_id = $1
      union all select day_at from daily_rollups where monitor_id = $1`,
    [monitor.monitorId],
  );
  const at = new Date(thisHourMs - 729 * DAY_MS);
  expect(left).toEqual([{ at }, { at }]);
});

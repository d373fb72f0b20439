import {
  RANGE_SECONDS,
  type Range,
  SERIES_STEP_SECONDS,
  type Series,
  type SeriesPoint,
} from '../../../shared/monitoring/history.ts';
import { missedChecks } from '../../../shared/monitoring/missed-checks.ts';
import { seeOneSnapshot } from '../../database/see-one-snapshot.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { packedSeries } from './packed-series.ts';
import { seriesRows } from './result-rows.ts';
import { listSpans } from './span-rows.ts';

const NOTHING = { p50Ms: null, p95Ms: null, phases: null, up: 0, degraded: 0, down: 0, unknown: 0 };

/** Latency and outcomes over a range, one point a step, empty steps included. @throws Refusal `not_found` */
export async function resultSeries(
  tenant: Tenant,
  input: { monitorId: string; range: Range },
): Promise<Series> {
  const stepSeconds = SERIES_STEP_SECONDS[input.range];
  const stepMs = stepSeconds * 1000;
  const toMs = Math.ceil(Date.now() / stepMs) * stepMs;
  const fromMs = toMs - RANGE_SECONDS[input.range] * 1000;
  return tenant.transaction(async (tx) => {
    await seeOneSnapshot(tx);
    const monitor = await readMonitorRow(tx, input.monitorId);
    if (monitor === null) throw notFound('monitor');
    const range = { fromMs, toMs, stepSeconds };
    const found = new Map<string, SeriesPoint>();
    for (const point of await seriesRows(tx, input.monitorId, range)) found.set(point.at, point);
    const rawSteps = new Set([...found.keys()].map((at) => Date.parse(at)));
    for (const point of await packedSeries(tx, input.monitorId, range, rawSteps)) found.set(point.at, point);
    const missed = missedChecks(
      await listSpans(tx, input.monitorId, fromMs),
      { fromMs, toMs, stepMs },
      { intervalSeconds: monitor.intervalSeconds, regions: monitor.regions.length },
      Date.now(),
    );
    const points = missed.map((count, step): SeriesPoint => {
      const at = new Date(fromMs + step * stepMs).toISOString();
      const point = found.get(at) ?? { at, ...NOTHING };
      // What was made and came to nothing, while all was silent, was due and is counted already.
      return { ...point, unknown: Math.max(point.unknown, count) };
    });
    return { stepSeconds, points };
  });
}

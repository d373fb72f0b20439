import type { Result } from '../../../shared/checks/check-result.ts';
import type { SeriesPoint } from '../../../shared/monitoring/history.ts';
import { percentileOf, summarizeLatency } from '../../../shared/monitoring/latency-summary.ts';
import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Transaction } from '../../database/transaction.ts';
import { measureResults } from './measure-results.ts';
import { listPacks, type Pack } from './packed-result-rows.ts';
import { listResultRows } from './result-rows.ts';
import { listDailyRollups, listLoneRollups, type Rollup } from './rollup-rows.ts';
import { sumRollups } from './sum-rollups.ts';

/** How much is opened at once, so that a chart of months keeps nobody else waiting: a step or a day, whichever is longer. */
const OPENED_MS = 24 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The steps of a chart that reach beyond raw results. Packed ones are opened, with the raw ones that stand beside them: at
 * the border, and where a late one waits to be packed. An hour whose packs are deleted speaks through its rollup; percentiles
 * of a step with such an hour are those of digests, within half a percent. A step that has only raw results is not among them.
 *
 * Where a step is a UTC day, a day of which nothing is raw speaks through its rollup as a whole, and no pack of it is opened:
 * what was counted, and the means of its phases, are as exact as before.
 *
 * @param rawSteps the steps that raw results stand in; epoch milliseconds
 */
export async function packedSeries(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number; stepSeconds: number },
  rawSteps: ReadonlySet<number>,
): Promise<SeriesPoint[]> {
  const stepMs = range.stepSeconds * 1000;
  const stepOf = (instantMs: number) => Math.floor(instantMs / stepMs) * stepMs;
  // An hour cannot be parted among shorter steps. Those are of the last day, which is never forgotten.
  const lone = stepMs < HOUR_MS ? [] : await listLoneRollups(tx, monitorId, range);
  const forgotten = new Set(lone.map(({ atMs }) => atMs));
  const rollups = Map.groupBy(lone, ({ atMs }) => stepOf(atMs));
  const days = stepMs === DAY_MS ? await listDailyRollups(tx, monitorId, range) : [];
  const whole = new Map(days.filter(({ atMs }) => !rawSteps.has(atMs)).map((day) => [day.atMs, day]));
  const points: SeriesPoint[] = [];
  const openedMs = Math.max(stepMs, OPENED_MS);
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += openedMs) {
    const day = whole.get(fromMs);
    if (day !== undefined) {
      points.push(pointOf(fromMs, day));
      continue;
    }
    const toMs = Math.min(fromMs + openedMs, range.toMs);
    const packs = await listPacks(tx, monitorId, { fromMs: hourOf(fromMs), toMs });
    const steps = new Map<number, Measured[]>();
    for (const atMs of rollups.keys()) if (atMs >= fromMs && atMs < toMs) steps.set(atMs, []);
    for (const { results } of packs) {
      for (const result of results) {
        if (result.slotMs < fromMs || result.slotMs >= toMs) continue;
        const step = steps.get(stepOf(result.slotMs));
        if (step === undefined) steps.set(stepOf(result.slotMs), [result]);
        else step.push(result);
      }
    }
    for (const raw of await rawBeside(tx, monitorId, packs, [...steps.keys()], stepMs)) {
      const slotMs = Date.parse(raw.slotAt);
      // What comes for an hour that is forgotten is not added to it: packing will not do so either.
      if (!forgotten.has(hourOf(slotMs))) steps.get(stepOf(slotMs))?.push(raw);
    }
    for (const [atMs, results] of steps) {
      const hours = rollups.get(atMs) ?? [];
      points.push(hours.length === 0 ? exactPoint(atMs, results) : summedPoint(atMs, hours, results));
    }
  }
  return points;
}

const hourOf = (instantMs: number) => Math.floor(instantMs / HOUR_MS) * HOUR_MS;

type Measured = Pick<Result, 'outcome' | 'verification' | 'timings'>;

/** The raw results from the first of these steps to the last that are in none of the packs. */
async function rawBeside(
  tx: Transaction,
  monitorId: string,
  packs: readonly Pack[],
  stepsMs: readonly number[],
  stepMs: number,
): Promise<Result[]> {
  if (stepsMs.length === 0) return [];
  const raw = await listResultRows(tx, monitorId, {
    from: new Date(Math.min(...stepsMs)).toISOString(),
    to: new Date(Math.max(...stepsMs) + stepMs).toISOString(),
    outcome: undefined,
    after: null,
    limit: null,
  });
  if (raw.length === 0) return [];
  const packed = new Set(
    packs.flatMap(({ region, results }) => results.map(({ slotMs }) => `${slotMs} ${region}`)),
  );
  return raw.filter(({ slotAt, region }) => !packed.has(`${Date.parse(slotAt)} ${region}`));
}

function exactPoint(atMs: number, results: readonly Measured[]): SeriesPoint {
  const { counts, latenciesMs, phases } = summarizeLatency(results);
  const percentiles = { p50Ms: percentileOf(latenciesMs, 0.5), p95Ms: percentileOf(latenciesMs, 0.95) };
  return pointOf(atMs, { counts, percentiles, phases });
}

function summedPoint(atMs: number, hours: readonly Rollup[], results: readonly Measured[]): SeriesPoint {
  const [only, ...more] = hours;
  if (only !== undefined && more.length === 0 && results.length === 0) return pointOf(atMs, only);
  return pointOf(atMs, sumRollups([...hours, measureResults(results)]));
}

function pointOf(
  atMs: number,
  {
    counts,
    percentiles,
    phases,
  }: Pick<Rollup, 'counts' | 'phases'> & {
    percentiles: Pick<Rollup['percentiles'], 'p50Ms' | 'p95Ms'>;
  },
): SeriesPoint {
  return {
    at: new Date(atMs).toISOString(),
    p50Ms: percentiles.p50Ms,
    p95Ms: percentiles.p95Ms,
    phases,
    up: counts.up,
    degraded: counts.degraded,
    down: counts.down,
    unknown: counts.void,
  };
}

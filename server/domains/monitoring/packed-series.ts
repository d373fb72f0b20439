import type { Result } from '../../../shared/checks/check-result.ts';
import type { SeriesPoint } from '../../../shared/monitoring/history.ts';
import { percentileOf, summarizeLatency } from '../../../shared/monitoring/latency-summary.ts';
import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Transaction } from '../../database/transaction.ts';
import { listPacks, type Pack } from './packed-result-rows.ts';
import { listResultRows } from './result-rows.ts';

/** How much is opened at once, so that a chart of months keeps nobody else waiting: a step or a day, whichever is longer. */
const OPENED_MS = 24 * HOUR_MS;

/**
 * The steps of a chart in which there are packed results, with the raw ones that stand beside them: at the border, and
 * where a late one waits to be packed. A step that has none is not among them. A pack is of one hour: where steps are
 * shorter, its results are parted among them.
 */
export async function packedSeries(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number; stepSeconds: number },
): Promise<SeriesPoint[]> {
  const stepMs = range.stepSeconds * 1000;
  const stepOf = (instantMs: number) => Math.floor(instantMs / stepMs) * stepMs;
  const points: SeriesPoint[] = [];
  const openedMs = Math.max(stepMs, OPENED_MS);
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += openedMs) {
    const toMs = Math.min(fromMs + openedMs, range.toMs);
    const packs = await listPacks(tx, monitorId, { fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS, toMs });
    const steps = new Map<number, Measured[]>();
    for (const { results } of packs) {
      for (const result of results) {
        if (result.slotMs < fromMs || result.slotMs >= toMs) continue;
        const step = steps.get(stepOf(result.slotMs));
        if (step === undefined) steps.set(stepOf(result.slotMs), [result]);
        else step.push(result);
      }
    }
    for (const raw of await rawBeside(tx, monitorId, packs, [...steps.keys()], stepMs)) {
      steps.get(stepOf(Date.parse(raw.slotAt)))?.push(raw);
    }
    for (const [atMs, results] of steps) points.push(pointOf(atMs, results));
  }
  return points;
}

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

function pointOf(atMs: number, results: readonly Measured[]): SeriesPoint {
  const { counts, latenciesMs, phases } = summarizeLatency(results);
  return {
    at: new Date(atMs).toISOString(),
    p50Ms: percentileOf(latenciesMs, 0.5),
    p95Ms: percentileOf(latenciesMs, 0.95),
    phases,
    up: counts.up,
    degraded: counts.degraded,
    down: counts.down,
    unknown: counts.void,
  };
}

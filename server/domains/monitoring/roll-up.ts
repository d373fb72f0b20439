import { HOUR_MS, type PackedResult } from '../../../shared/monitoring/packed-results.ts';
import { type Span, summarizeUptime } from '../../../shared/monitoring/uptime.ts';
import type { Transaction } from '../../database/transaction.ts';
import { measureResults } from './measure-results.ts';
import { listHourlyRollups, type Rollup, writeDailyRollups, writeHourlyRollups } from './rollup-rows.ts';
import { listSpans } from './span-rows.ts';
import { sumRollups } from './sum-rollups.ts';

const DAY_MS = 24 * HOUR_MS;

type Rolled = { tenantId: string; monitorId: string; createdAtMs: number };

/** Writes the rollups of these hours, given with all the results they have, and of the UTC days they lie in. */
export async function rollUp(
  tx: Transaction,
  { createdAtMs, ...key }: Rolled,
  hours: readonly { hourMs: number; results: readonly PackedResult[] }[],
): Promise<void> {
  if (hours.length === 0) return;
  const days = [...new Set(hours.map(({ hourMs }) => Math.floor(hourMs / DAY_MS) * DAY_MS))];
  const spans = await listSpans(tx, key.monitorId, Math.min(...days));
  const seconds = (atMs: number, lengthMs: number) => secondsOf(spans, atMs, atMs + lengthMs, createdAtMs);
  await writeHourlyRollups(
    tx,
    key,
    hours.map(({ hourMs, results }) => ({
      atMs: hourMs,
      ...measureResults(results),
      seconds: seconds(hourMs, HOUR_MS),
    })),
  );
  const daily: Rollup[] = [];
  for (const dayMs of days) {
    const ofDay = await listHourlyRollups(tx, key.monitorId, { fromMs: dayMs, toMs: dayMs + DAY_MS });
    daily.push({ atMs: dayMs, ...sumRollups(ofDay), seconds: seconds(dayMs, DAY_MS) });
  }
  await writeDailyRollups(tx, key, daily);
}

function secondsOf(
  spans: readonly Span[],
  fromMs: number,
  toMs: number,
  createdAtMs: number,
): Rollup['seconds'] {
  const summary = summarizeUptime(spans, fromMs, toMs, createdAtMs);
  return {
    up: summary.upSeconds,
    degraded: summary.degradedSeconds,
    down: summary.downSeconds,
    excluded: summary.excludedSeconds,
  };
}

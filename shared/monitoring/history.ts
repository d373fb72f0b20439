import * as v from 'valibot';
import { OUTCOMES } from '../checks/outcome.ts';
import { instantSchema } from './instant.ts';
import { monitorIdInput } from './monitor-input.ts';

export const RANGES = ['1h', '24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];

export const RANGE_SECONDS: Record<Range, number> = {
  '1h': 3600,
  '24h': 86_400,
  '7d': 7 * 86_400,
  '30d': 30 * 86_400,
  '90d': 90 * 86_400,
};

/** The width of one point of `results.series`: 60 to 180 points whatever the range. */
export const SERIES_STEP_SECONDS: Record<Range, number> = {
  '1h': 60,
  '24h': 900,
  '7d': 3600,
  '30d': 4 * 3600,
  '90d': 24 * 3600,
};

export const rangeInput = v.object({
  ...monitorIdInput.entries,
  range: v.picklist(RANGES, `Use one of ${RANGES.join(', ')}.`),
});

/** What `results.list` takes; `from` is included, `to` is not. */
export const listResultsInput = v.object({
  ...monitorIdInput.entries,
  from: v.optional(instantSchema),
  to: v.optional(instantSchema),
  outcome: v.optional(v.picklist(OUTCOMES)),
  cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(200)))),
  limit: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200, 'Ask for 1 to 200 a page.')),
    50,
  ),
});

/** One step of the latency chart. Latencies are over checks that got an answer; null where there was none. */
export type SeriesPoint = {
  at: string;
  p50Ms: number | null;
  p95Ms: number | null;
  /** Mean of each phase, so that stacked they make the mean total. */
  phases: { dnsMs: number; connectMs: number; tlsMs: number; firstByteMs: number; transferMs: number } | null;
  up: number;
  degraded: number;
  down: number;
  /** Checks that were void, or due and never made. */
  unknown: number;
};

export type Series = { stepSeconds: number; points: SeriesPoint[] };

/**
 * `ratio` is up and degraded over up, degraded and down. `excludedSeconds` is unknown, paused, maintenance and pending;
 * `coverage` is the share of the range, since the monitor exists, that was watched.
 */
export type UptimeSummary = {
  ratio: number | null;
  upSeconds: number;
  degradedSeconds: number;
  downSeconds: number;
  excludedSeconds: number;
  coverage: number;
};

/** One bar of the 90-day chart: a UTC day. `ratio` is null on a day that was not watched. */
export type UptimeDay = { day: string } & UptimeSummary;

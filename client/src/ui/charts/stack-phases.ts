import type { SeriesPoint } from '../../../../shared/monitoring/history.ts';
import { NO_PHASES, PHASES, type PhaseKey } from './phases.ts';

/** Column by column as uPlot takes it: instants in seconds, p95, then the phases stacked, the whole total first. */
export type StackedColumns = [at: number[], p95: (number | null)[], ...tops: (number | null)[][]];

/**
 * Stacks the phases of each step: the top of the last phase is the mean total. The tallest comes first, so that each one
 * drawn after it leaves of it just its own part. A step without answers is null in every column: a gap, not a zero.
 */
export function stackPhases(points: readonly SeriesPoint[]): StackedColumns {
  const tops = PHASES.map((_, last) =>
    points.map(({ phases }) =>
      phases === null ? null : PHASES.slice(0, last + 1).reduce((sum, { key }) => sum + phases[key], 0),
    ),
  );
  return [points.map(({ at }) => Date.parse(at) / 1000), points.map(({ p95Ms }) => p95Ms), ...tops.reverse()];
}

export type StepSummary = {
  /** Mean of each phase over the checks that got an answer; null when none did. */
  phases: Record<PhaseKey, number> | null;
  totalMs: number | null;
  p95Ms: number | null;
  checks: number;
  down: number;
  degraded: number;
  unknown: number;
};

/** One step of the chart, or several of them together, each weighing as much as it had answers. */
export function summarizeSteps(points: readonly SeriesPoint[]): StepSummary {
  const summary: StepSummary = {
    phases: null,
    totalMs: null,
    p95Ms: null,
    checks: 0,
    down: 0,
    degraded: 0,
    unknown: 0,
  };
  const sums = { ...NO_PHASES };
  let answers = 0;
  for (const point of points) {
    summary.checks += point.up + point.degraded + point.down;
    summary.down += point.down;
    summary.degraded += point.degraded;
    summary.unknown += point.unknown;
    // Of percentiles nothing but the highest can be told of several steps.
    if (point.p95Ms !== null) summary.p95Ms = Math.max(summary.p95Ms ?? 0, point.p95Ms);
    if (point.phases === null) continue;
    const weight = Math.max(1, point.up + point.degraded);
    answers += weight;
    for (const { key } of PHASES) sums[key] += point.phases[key] * weight;
  }
  if (answers === 0) return summary;
  for (const { key } of PHASES) sums[key] /= answers;
  return { ...summary, phases: sums, totalMs: PHASES.reduce((total, { key }) => total + sums[key], 0) };
}

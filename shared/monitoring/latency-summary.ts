import type { Result } from '../checks/check-result.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { SeriesPoint } from './history.ts';

/** What the checks of a stretch of time come to, verifications left out: they come in bursts, and would weigh too much. */
export type LatencySummary = {
  counts: Record<Outcome, number>;
  /** Total latency of each check that got an answer, lowest first. */
  latenciesMs: number[];
  /** Mean of each phase over those checks; one not reached counts as nothing. Null where there were none. */
  phases: SeriesPoint['phases'];
};

export function summarizeLatency(
  results: Iterable<Pick<Result, 'outcome' | 'verification' | 'timings'>>,
): LatencySummary {
  const counts = { up: 0, degraded: 0, down: 0, void: 0 };
  const latenciesMs: number[] = [];
  const sums = { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 };
  for (const { outcome, timings, verification } of results) {
    if (verification) continue;
    counts[outcome] += 1;
    if (outcome !== 'up' && outcome !== 'degraded') continue;
    latenciesMs.push(timings.totalMs);
    sums.dnsMs += timings.dnsMs ?? 0;
    sums.connectMs += timings.connectMs ?? 0;
    sums.tlsMs += timings.tlsMs ?? 0;
    sums.firstByteMs += timings.firstByteMs ?? 0;
    sums.transferMs += timings.transferMs ?? 0;
  }
  const answered = latenciesMs.length;
  const phases =
    answered === 0
      ? null
      : {
          dnsMs: sums.dnsMs / answered,
          connectMs: sums.connectMs / answered,
          tlsMs: sums.tlsMs / answered,
          firstByteMs: sums.firstByteMs / answered,
          transferMs: sums.transferMs / answered,
        };
  return { counts, latenciesMs: latenciesMs.sort((a, b) => a - b), phases };
}

/** As Postgres's `percentile_cont`: between two values it lies between them. Null where there are none. */
export function percentileOf(sorted: readonly number[], share: number): number | null {
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (rank - Math.floor(rank));
}

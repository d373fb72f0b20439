import type { Result } from '../../../shared/checks/check-result.ts';
import { percentileOf, summarizeLatency } from '../../../shared/monitoring/latency-summary.ts';
import { LatencyDigest } from './latency-digest.ts';
import type { Rollup } from './rollup-rows.ts';

/** What single results come to, as a rollup keeps it. The percentiles are exact; those of a sum will be the digest's. */
export function measureResults(
  results: Iterable<Pick<Result, 'outcome' | 'verification' | 'timings'>>,
): Pick<Rollup, 'counts' | 'percentiles' | 'phases' | 'digest'> {
  const { counts, latenciesMs, phases } = summarizeLatency(results);
  const digest = new LatencyDigest();
  for (const latencyMs of latenciesMs) digest.add(latencyMs);
  const percentiles = {
    p50Ms: percentileOf(latenciesMs, 0.5),
    p95Ms: percentileOf(latenciesMs, 0.95),
    p99Ms: percentileOf(latenciesMs, 0.99),
  };
  return { counts, percentiles, phases, digest };
}

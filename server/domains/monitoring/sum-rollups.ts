import { LatencyDigest } from './latency-digest.ts';
import type { Rollup } from './rollup-rows.ts';

type Latencies = Pick<Rollup, 'counts' | 'phases' | 'digest'>;

/**
 * What several stretches of time come to together: counts add up, digests too, and the means of phases weigh as much as
 * there were checks that got an answer.
 */
export function sumRollups(rollups: readonly Latencies[]): Latencies & Pick<Rollup, 'percentiles'> {
  const counts = { up: 0, degraded: 0, down: 0, void: 0 };
  const sums = { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 };
  const digest = new LatencyDigest();
  let answered = 0;
  for (const rollup of rollups) {
    counts.up += rollup.counts.up;
    counts.degraded += rollup.counts.degraded;
    counts.down += rollup.counts.down;
    counts.void += rollup.counts.void;
    digest.merge(rollup.digest);
    if (rollup.phases === null) continue;
    const weight = rollup.counts.up + rollup.counts.degraded;
    answered += weight;
    sums.dnsMs += rollup.phases.dnsMs * weight;
    sums.connectMs += rollup.phases.connectMs * weight;
    sums.tlsMs += rollup.phases.tlsMs * weight;
    sums.firstByteMs += rollup.phases.firstByteMs * weight;
    sums.transferMs += rollup.phases.transferMs * weight;
  }
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
  const percentiles = {
    p50Ms: digest.percentileMs(0.5),
    p95Ms: digest.percentileMs(0.95),
    p99Ms: digest.percentileMs(0.99),
  };
  return { counts, phases, digest, percentiles };
}

import type { TriedCheck } from '../../../../../shared/monitoring/try-monitor.ts';
import { formatLatency } from '../../../ui/time/duration.ts';

/** What a trial found, in a sentence: why it is not up, or what came and how fast. */
export function triedWords({ finding }: Pick<TriedCheck, 'finding'>): string {
  if (finding.reason !== null) return finding.reason;
  const took = `in ${formatLatency(finding.timings.totalMs)}`;
  return finding.statusCode === null
    ? `Answered ${took}.`
    : `Answered with status ${finding.statusCode} ${took}.`;
}

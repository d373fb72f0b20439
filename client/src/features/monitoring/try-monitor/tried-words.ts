import type { TriedCheck } from '../../../../../shared/monitoring/try-monitor.ts';
import { formatLatency } from '../../../ui/time/duration.ts';

/**
 * What a trial found, in a sentence: what came and how fast, or why it is not up. What an assertion says of itself is not
 * said twice.
 */
export function triedWords({ finding, verdicts }: Pick<TriedCheck, 'finding' | 'verdicts'>): string {
  if (finding.reason === null) {
    const took = `in ${formatLatency(finding.timings.totalMs)}`;
    return finding.statusCode === null
      ? `Answered ${took}.`
      : `Answered with status ${finding.statusCode} ${took}.`;
  }
  const failed = verdicts.filter(({ passed }) => !passed);
  if (!failed.some(({ sentence }) => sentence === finding.reason)) return finding.reason;
  if (verdicts.length === 1) return 'The assertion does not hold.';
  return failed.length === 1
    ? `One of ${verdicts.length} assertions does not hold.`
    : `${failed.length} of ${verdicts.length} assertions do not hold.`;
}

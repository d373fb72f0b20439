import type { TriedCheck, Verdict } from '../../../../../shared/monitoring/try-monitor.ts';
import { formatLatency } from '../../../ui/time/duration.ts';

type Tried = Pick<TriedCheck, 'finding' | 'verdicts'>;

/**
 * What a trial found, in a sentence: what came and how fast, or why it is not up. What several assertions say of themselves
 * is only counted here: they are listed.
 */
export function triedWords({ finding, verdicts }: Tried): string {
  if (finding.reason === null) {
    const took = `in ${formatLatency(finding.timings.totalMs)}`;
    return finding.statusCode === null
      ? `Answered ${took}.`
      : `Answered with status ${finding.statusCode} ${took}.`;
  }
  const failed = verdicts.filter(({ passed }) => !passed);
  if (verdicts.length === 1 || !failed.some(({ sentence }) => sentence === finding.reason)) {
    return finding.reason;
  }
  return failed.length === 1
    ? `One of ${verdicts.length} assertions does not hold.`
    : `${failed.length} of ${verdicts.length} assertions do not hold.`;
}

/** The verdicts that are worth a list: none where the only one is the reason, which is said already. */
export function listedVerdicts({ finding, verdicts }: Tried): Verdict[] {
  return verdicts.length === 1 && verdicts[0]?.sentence === finding.reason ? [] : verdicts;
}

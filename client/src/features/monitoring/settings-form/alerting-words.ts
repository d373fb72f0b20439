import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { formatDuration, formatLatency } from '../../../ui/time/duration.ts';

type DownRule = Pick<Monitor, 'retries' | 'retryDelaySeconds' | 'recovery' | 'quorum'> & { regions: number };
type FlapRule = Pick<Monitor, 'flapChanges' | 'flapWindowMinutes' | 'flapQuietMinutes'>;
type DegradedRule = Pick<Monitor, 'degradedAfterMs' | 'certificateDays'>;

/** When the monitor turns down, and up again: "Down after 2 failed checks in a row, the second at once. Up again after …" */
export function downWords({ retries, retryDelaySeconds, recovery, quorum, regions }: DownRule): string {
  const failures =
    retries === 0
      ? 'one failed check'
      : `${retries + 1} failed checks in a row, ${paceWords(retries, retryDelaySeconds)}`;
  const successes = recovery === 1 ? 'one good check' : `${recovery} good checks in a row`;
  const from = agreementWords(quorum, regions);
  return `Down after ${failures}${from === null ? '' : `, ${from}`}. Up again after ${successes}.`;
}

/** A first failure is verified at once; only what is asked after that waits. */
function paceWords(retries: number, retryDelaySeconds: number): string {
  return retries === 1
    ? 'the second at once'
    : `the second at once, then ${formatDuration(retryDelaySeconds * 1000)} apart`;
}

/** How many regions must say the same; null where there is one. */
function agreementWords(quorum: number | null, regions: number): string | null {
  if (regions < 2) return null;
  const needed = Math.min(quorum ?? Math.floor(regions / 2) + 1, regions);
  if (regions === 2 && needed === 2) return 'from both regions';
  if (needed === regions) return `from all ${regions} regions`;
  return quorum === null
    ? `from more than half of the ${regions} regions`
    : `from ${quorum === 1 ? 'one' : quorum} of the ${regions} regions`;
}

/** What happens when it changes its mind all the time. */
export function flapWords({ flapChanges, flapWindowMinutes, flapQuietMinutes }: FlapRule): string {
  if (flapChanges === 0) return 'Every change is told, however often it changes.';
  const changes = flapChanges === 1 ? 'one change' : `${flapChanges} changes`;
  return `After more than ${changes} within ${flapWindowMinutes} min you are told once, and its state is held until ${flapQuietMinutes} min ${flapQuietMinutes === 1 ? 'has' : 'have'} been quiet.`;
}

/** When it is degraded though it answers. */
export function degradedWords({ degradedAfterMs, certificateDays }: DegradedRule): string {
  const slow = degradedAfterMs === null ? null : `it takes longer than ${formatLatency(degradedAfterMs)}`;
  const old =
    certificateDays === null
      ? null
      : `its certificate has less than ${certificateDays === 1 ? 'a day' : `${certificateDays} days`} left`;
  const reasons = [slow, old].filter((reason) => reason !== null);
  return reasons.length === 0
    ? 'Never degraded: what answers as expected is up.'
    : `Degraded when ${reasons.join(', or ')}.`;
}

import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';

/** More regions than this are counted, not named. */
const MOST_NAMED = 3;

/** Which regions of a monitor are silent, and what that means. */
export function silentSentence({
  silentRegions,
  regions,
}: Pick<Monitor, 'silentRegions' | 'regions'>): string {
  return `${subject(silentRegions, regions.length)} silent: no word that is due has come from there.`;
}

/** Which of a monitor's regions, `of` in all, are late, and what that means. */
export function lateSentence(late: readonly string[], of: number): string {
  return `${subject(late, of)} late: checks begin more than a second after they are due.`;
}

function subject(names: readonly string[], of: number): string {
  const named = names.length > MOST_NAMED ? `${names.length} of ${of} regions` : names.join(', ');
  return `${named} ${names.length === 1 ? 'is' : 'are'}`;
}

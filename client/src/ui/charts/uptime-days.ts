import type { UptimeDay } from '../../../../shared/monitoring/history.ts';
import { formatDuration } from '../time/duration.ts';
import { calendarDate } from '../time/relative-time.ts';
import { formatRatio } from './format-ratio.ts';

/** A day as the chart draws it: which shares of the watched time were down and degraded; null when it was not watched. */
export type DayShares = { down: number; degraded: number } | null;

export function sharesOf(day: UptimeDay): DayShares {
  const watched = day.upSeconds + day.degradedSeconds + day.downSeconds;
  if (watched === 0) return null;
  return { down: day.downSeconds / watched, degraded: day.degradedSeconds / watched };
}

/** How long something was not up: even a blink of it is told as a second, never as none. */
export function formatDowntime(seconds: number): string {
  return formatDuration(Math.max(1, seconds) * 1000);
}

/** A UTC day ("2026-11-24") as people write it: "24 Nov 2026". */
export function dayName(day: string): string {
  return calendarDate(Date.parse(`${day}T00:00:00Z`), 'UTC');
}

/** What one day was like, without its date: "99.98 %, down 12 s", or that it was not watched. */
export function describeDay(day: UptimeDay): string {
  if (day.ratio === null) return 'not watched';
  const parts = [formatRatio(day.ratio)];
  if (day.downSeconds > 0) parts.push(`down ${formatDowntime(day.downSeconds)}`);
  if (day.degradedSeconds > 0) parts.push(`degraded ${formatDowntime(day.degradedSeconds)}`);
  if (day.coverage < 0.995) parts.push(`watched ${formatRatio(day.coverage)} of the day`);
  return parts.join(', ');
}

/** What all the days were like, in a sentence or two: for those who cannot see the bars, and for those who need not. */
export function describeDays(days: readonly UptimeDay[]): string {
  const watched = days.filter((day) => day.ratio !== null);
  if (watched.length === 0) return `None of the last ${days.length} days was watched.`;
  const bad = watched.filter((day) => day.downSeconds > 0);
  const [only] = watched;
  if (watched.length === 1 && only !== undefined) {
    return bad.length === 0
      ? 'No downtime in the one day that was watched.'
      : `Downtime on the one day that was watched: ${describeDay(only)}.`;
  }
  const of =
    watched.length === days.length ? `${days.length} days` : `${watched.length} days that were watched`;
  if (bad.length === 0) return `No downtime in the ${of}.`;
  const worst = bad.reduce((lowest, day) => ((day.ratio ?? 1) < (lowest.ratio ?? 1) ? day : lowest));
  return `Downtime on ${bad.length} of ${of}. The worst was ${dayName(worst.day)}: ${describeDay(worst)}.`;
}

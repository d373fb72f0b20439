import type { Range } from '../../../../shared/monitoring/history.ts';

const DAY_SECONDS = 86_400;

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
const shortDay = format({ day: 'numeric', month: 'short' });

const tidy = (text: string) => text.replace(',', '');

/** The span of one step, in the browser's zone: "Tue 24 Nov, 14:15 to 14:30"; a day's end says its day too. Both in seconds. */
export function stepLabel(atSeconds: number, stepSeconds: number): string {
  const [from, to] = [atSeconds * 1000, (atSeconds + stepSeconds) * 1000];
  const end = stepSeconds < DAY_SECONDS ? clock.format(to) : `${tidy(day.format(to))}, ${clock.format(to)}`;
  return `${tidy(day.format(from))}, ${clock.format(from)} to ${end}`;
}

/** A mark of the time axis: the clock within a day, the date where a day begins or nothing finer is shown. */
export function axisLabel(atSeconds: number, incrementSeconds: number): string {
  const at = new Date(atSeconds * 1000);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  return incrementSeconds >= DAY_SECONDS || midnight ? shortDay.format(at) : clock.format(at);
}

export const RANGE_WORDS: Record<Range, string> = {
  '1h': 'hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

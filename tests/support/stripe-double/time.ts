import type { Price } from './stripe-objects.ts';

export const DAY_SECONDS = 86_400;

/** The same day and hour so many months later; the last day of a month that is too short, as Stripe's billing cycle has it. */
export function addMonths(seconds: number, months: number): number {
  const date = new Date(seconds * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() / 1000;
}

/** The end of the period that follows this moment, counted from the anchor: 31 January, 28 February, 31 March. */
export function periodEndAfter(anchor: number, moment: number, price: Price): number {
  const { interval, interval_count: count } = price.recurring ?? { interval: 'month', interval_count: 1 };
  for (let periods = 1; ; periods += 1) {
    const end = addIntervals(anchor, interval, periods * count);
    if (end > moment) return end;
  }
}

function addIntervals(anchor: number, interval: string, count: number): number {
  switch (interval) {
    case 'day':
      return anchor + count * DAY_SECONDS;
    case 'week':
      return anchor + count * 7 * DAY_SECONDS;
    case 'year':
      return addMonths(anchor, 12 * count);
    default:
      return addMonths(anchor, count);
  }
}

import { calendarDate } from '../../../ui/time/relative-time.ts';

const DAY_MS = 86_400_000;

/** Until when a certificate is valid: "3 Jan 2027 (39 days left)". Instants are epoch milliseconds. */
export function daysLeftWords(validToMs: number, nowMs: number, timeZone?: string): string {
  const days = Math.floor(Math.abs(validToMs - nowMs) / DAY_MS);
  const count = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  const words = validToMs >= nowMs ? `${count} left` : `expired ${count} ago`;
  return `${calendarDate(validToMs, timeZone)} (${words})`;
}

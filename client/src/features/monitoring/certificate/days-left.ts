import { CERTIFICATE_RENEW_MS } from '../../../../../shared/monitoring/monitor-certificate.ts';

const DAY_MS = 86_400_000;

/** How a certificate stands: how many whole days are left, and what that means for its monitor. */
export type DaysLeft = { days: number; standing: 'valid' | 'expiring' | 'expired' };

/** @param thresholdDays fewer days than this are `expiring`; null: none are */
export function daysLeft(validToMs: number, nowMs: number, thresholdDays: number | null): DaysLeft {
  const leftMs = validToMs - nowMs;
  if (leftMs <= 0) return { days: Math.floor(Math.abs(leftMs) / DAY_MS), standing: 'expired' };
  const isExpiring = thresholdDays !== null && leftMs < thresholdDays * DAY_MS;
  return { days: Math.floor(leftMs / DAY_MS), standing: isExpiring ? 'expiring' : 'valid' };
}

/** "23 days left", "Expires today", "Expired 2 days ago". */
export function daysLeftHeadline({ days, standing }: DaysLeft): string {
  const count = days === 1 ? '1 day' : `${days} days`;
  if (standing === 'expired') return days === 0 ? 'Expired today' : `Expired ${count} ago`;
  return days === 0 ? 'Less than a day left' : `${count} left`;
}

/** What the threshold makes of it. */
export function thresholdWords({ standing }: DaysLeft, thresholdDays: number | null): string {
  if (standing === 'expired') return 'A check that is shown it fails.';
  const limit = thresholdDays === 1 ? '1 day' : `${thresholdDays} days`;
  if (thresholdDays === null) return 'No threshold is set: only an expired certificate fails a check.';
  return standing === 'valid' ? `Degraded under ${limit}.` : `Under the threshold of ${limit}.`;
}

/** As far as is known it is what the target shows: had it not been noted for so long, it would have been seen no more. */
export function isStillSeen(lastSeenMs: number, nowMs: number): boolean {
  return nowMs - lastSeenMs < 2 * CERTIFICATE_RENEW_MS;
}

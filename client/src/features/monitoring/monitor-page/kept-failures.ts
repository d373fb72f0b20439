import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';

/** Of a failure that goes on, one check in so long is kept with all it sent and got. */
const KEPT_EVERY_SECONDS = 60;

/**
 * Whether what is kept of a failure that goes on is older than the newest check: an outage lasts for longer than a minute,
 * is checked more often than once in one, and has been since `keptAt`.
 */
export function isKeptOneOlder(
  monitor: Pick<Monitor, 'state' | 'stateSince' | 'lastCheckedAt' | 'intervalSeconds'>,
  keptAt: string,
): boolean {
  const { state, lastCheckedAt } = monitor;
  if ((state !== 'down' && state !== 'degraded') || lastCheckedAt === null) return false;
  if (monitor.intervalSeconds >= KEPT_EVERY_SECONDS) return false;
  const newestMs = Date.parse(lastCheckedAt);
  return (
    newestMs > Date.parse(keptAt) && newestMs - Date.parse(monitor.stateSince) > KEPT_EVERY_SECONDS * 1000
  );
}

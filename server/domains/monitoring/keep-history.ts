import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Tenant } from '../../database/tenant.ts';
import { forgetHistory } from './forget-history.ts';
import { listMonitorIds } from './monitor-rows.ts';
import { packMonitor } from './pack-monitor.ts';

const DAY_MS = 24 * HOUR_MS;

/**
 * Packs what an organization's monitors found more than a day ago, and forgets what is kept no longer. Safe to run twice,
 * and twice at once. A monitor that cannot be packed keeps no other from it, and its results where they are.
 *
 * @param nowMs epoch milliseconds
 * @throws Error when monitors could not be packed: it names the first, and why
 */
export async function keepHistory(tenant: Tenant, nowMs: number): Promise<void> {
  const beforeMs = Math.floor((nowMs - DAY_MS) / HOUR_MS) * HOUR_MS;
  const monitorIds = await tenant.transaction(listMonitorIds);
  const failures: { monitorId: string; error: unknown }[] = [];
  for (const monitorId of monitorIds) {
    try {
      await packMonitor(tenant, monitorId, beforeMs);
    } catch (error) {
      failures.push({ monitorId, error });
    }
  }
  await forgetHistory(tenant, monitorIds, nowMs);
  const [first] = failures;
  if (first === undefined) return;
  throw new Error(
    `${failures.length} of ${monitorIds.length} monitors could not be packed, ${first.monitorId} the first.`,
    { cause: first.error },
  );
}

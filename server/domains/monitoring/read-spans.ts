import type { Span } from '../../../shared/monitoring/uptime.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { listSpans } from './span-rows.ts';

/** A monitor's spans that reach into the time since `fromMs`, and when it was made. @throws Refusal `not_found` */
export async function readSpans(
  tenant: Tenant,
  monitorId: string,
  fromMs: number,
): Promise<{ createdAtMs: number; spans: Span[] }> {
  return tenant.transaction(async (tx) => {
    const monitor = await readMonitorRow(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return { createdAtMs: monitor.createdAt.getTime(), spans: await listSpans(tx, monitorId, fromMs) };
  });
}

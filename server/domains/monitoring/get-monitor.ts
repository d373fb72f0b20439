import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { findMonitor } from './monitor-rows.ts';

/** @throws Refusal `not_found` */
export async function getMonitor(tenant: Tenant, monitorId: string): Promise<StoredMonitor> {
  const monitor = await tenant.transaction((tx) => findMonitor(tx, monitorId));
  if (monitor === null) throw notFound('monitor');
  return monitor;
}

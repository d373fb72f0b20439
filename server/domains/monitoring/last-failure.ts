import type { Attempt } from '../../../shared/monitoring/state-change.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { findLastFailure } from './state-change-rows.ts';

/** The newest failure that is kept of a monitor, with what was sent and came back. @throws Refusal `not_found` */
export async function lastFailure(tenant: Tenant, monitorId: string): Promise<Attempt | null> {
  return tenant.transaction(async (tx) => {
    if ((await readMonitorRow(tx, monitorId)) === null) throw notFound('monitor');
    return findLastFailure(tx, monitorId);
  });
}

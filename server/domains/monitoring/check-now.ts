import type { Tenant } from '../../database/tenant.ts';
import { notFound, Refusal } from '../../refusal.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { findMonitor, readMonitorRow } from './monitor-rows.ts';
import { requestVerification } from './schedule-rows.ts';
import { lockState } from './state-rows.ts';

/** Has a monitor checked in all its regions at once, off its grid. @throws Refusal `not_found`, `conflict` when paused */
export async function checkNow(tenant: Tenant, monitorId: string): Promise<StoredMonitor> {
  return tenant.transaction(async (tx) => {
    // Locked, so that no check is asked for while somebody deletes or pauses the monitor: it would outlive it.
    const state = await lockState(tx, monitorId);
    const row = await readMonitorRow(tx, monitorId);
    if (state === null || row === null) throw notFound('monitor');
    if (state.state === 'paused') {
      throw new Refusal('conflict', 'This monitor is paused. Resume it, and it is checked at once.');
    }
    await requestVerification(tx, row, row.regions, 0);
    const monitor = await findMonitor(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return monitor;
  });
}

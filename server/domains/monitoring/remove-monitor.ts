import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { auditedSettings } from './audited-settings.ts';
import { deleteMonitorRow, deleteRegionOutcomesBut, lockMonitor } from './monitor-rows.ts';
import { unscheduleMonitor } from './schedule-rows.ts';
import { lockState } from './state-rows.ts';

/** Deletes a monitor, its state, its schedule and its packed history. Raw results leave with their day's partition. @throws Refusal `not_found` */
export async function removeMonitor(
  tenant: Tenant,
  actor: Actor,
  monitorId: string,
): Promise<{ monitorId: string }> {
  await tenant.transaction(async (tx) => {
    // In the order in which decisions and results take their locks, so that none waits for another in a circle.
    const monitor = (await lockState(tx, monitorId)) && (await lockMonitor(tx, monitorId));
    if (monitor === null) throw notFound('monitor');
    await deleteRegionOutcomesBut(tx, monitorId, []);
    await unscheduleMonitor(tx, monitorId);
    await deleteMonitorRow(tx, monitor);
    await writeAudit(tx, {
      tenantId: tenant.id,
      actor,
      action: 'monitor.removed',
      subject: { kind: 'monitor', id: monitorId, name: monitor.name },
      before: auditedSettings(tenant, monitor),
      after: {},
    });
  });
  return { monitorId };
}

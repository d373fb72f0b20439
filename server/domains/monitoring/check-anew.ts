import type { Transaction } from '../../database/transaction.ts';
import { deleteCertificateRowsBut } from './certificate-rows.ts';
import {
  deleteRegionOutcomesBut,
  forgetOutcomes,
  insertRegionOutcomes,
  type MonitorRow,
} from './monitor-rows.ts';
import { scheduleMonitor, unscheduleMonitor } from './schedule-rows.ts';
import { forgetDoubt } from './state-rows.ts';

/**
 * Forgets what was found of a monitor as it was before it changed, and has one that is checked be checked at once. Its state and
 * its row must be locked, in this order.
 */
export async function checkAnew(
  tx: Transaction,
  { before, after, isChecked }: { before: MonitorRow; after: MonitorRow; isChecked: boolean },
): Promise<void> {
  const { tenantId, id: monitorId } = after;
  await insertRegionOutcomes(tx, { tenantId, monitorId }, after.regions);
  await deleteRegionOutcomesBut(tx, monitorId, after.regions);
  // Another target has another certificate.
  const stillSeen = before.target === after.target ? after.regions : [];
  await deleteCertificateRowsBut(tx, monitorId, stillSeen);
  await forgetOutcomes(tx, monitorId);
  await forgetDoubt(tx, monitorId);
  if (!isChecked) return;
  // Off-grid checks too: one that is under way speaks of what the monitor was before.
  await unscheduleMonitor(tx, monitorId);
  await scheduleMonitor(tx, after);
}

import { eq, ne } from 'drizzle-orm';
import { checkResults, checkSchedule } from '../../../drizzle/schema/checks.ts';
import { monitorStates } from '../../../drizzle/schema/monitoring.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The monitors of the organization that are not paused. */
export async function idsThatRun(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .select({ id: monitorStates.monitorId })
    .from(monitorStates)
    .where(ne(monitorStates.state, 'paused'))
    .orderBy(monitorStates.monitorId);
  return rows.map(({ id }) => id);
}

/** The monitors of the organization that rest since it waited to be deleted. */
export async function idsThatRest(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .select({ id: monitorStates.monitorId })
    .from(monitorStates)
    .where(eq(monitorStates.pausedFor, 'removal'))
    .orderBy(monitorStates.monitorId);
  return rows.map(({ id }) => id);
}

/** Deletes what no foreign key ties to an organization. Most of it went long before, with the pause of its monitors. */
export async function deleteLooseRows(tx: Transaction, tenantId: string): Promise<void> {
  await tx.delete(checkSchedule).where(eq(checkSchedule.tenantId, tenantId));
  await tx.delete(checkResults).where(eq(checkResults.tenantId, tenantId));
}

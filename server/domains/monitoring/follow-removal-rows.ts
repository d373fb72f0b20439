import { eq } from 'drizzle-orm';
import { checkResults, checkSchedule } from '../../../drizzle/schema/checks.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Deletes what no foreign key ties to an organization. Most of it went long before, with the pause of its monitors. */
export async function deleteLooseRows(tx: Transaction, tenantId: string): Promise<void> {
  await tx.delete(checkSchedule).where(eq(checkSchedule.tenantId, tenantId));
  await tx.delete(checkResults).where(eq(checkResults.tenantId, tenantId));
}

import { and, asc, eq } from 'drizzle-orm';
import { members } from '../../../drizzle/schema/tenancy.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The organizations a person belongs to, always in the same order: who changes a row in each of them locks them in it. */
export async function listTenantIdsOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx
    .select({ tenantId: members.tenantId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.tenantId));
  return rows.map(({ tenantId }) => tenantId);
}

/** Changes an organization's copy of what a person is called, or of their address. */
export async function updateMemberCopy(
  tx: Transaction,
  { tenantId, userId }: { tenantId: string; userId: string },
  copy: { name: string } | { email: string },
): Promise<void> {
  await tx
    .update(members)
    .set(copy)
    .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId)));
}

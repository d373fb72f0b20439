import type { Transaction } from '../../database/transaction.ts';
import { listTenantIdsOf, updateMemberCopy } from './member-copy-rows.ts';

/** Brings what changed of a person to each organization that they belong to, within the transaction that changed it. */
export async function copyToMembers(
  tx: Transaction,
  goTo: (tenantId: string) => Promise<void>,
  userId: string,
  copy: { name: string } | { email: string },
): Promise<void> {
  for (const tenantId of await listTenantIdsOf(tx, userId)) {
    await goTo(tenantId);
    await updateMemberCopy(tx, { tenantId, userId }, copy);
  }
}

import type { Transaction } from '../../database/transaction.ts';
import { unchooseTenant } from './chosen-tenant-rows.ts';

/** Has no session be for an organization that is no more; each stays signed in. In the caller's transaction. */
export async function forgetChosenTenant(tx: Transaction, tenantId: string): Promise<void> {
  await unchooseTenant(tx, tenantId);
}

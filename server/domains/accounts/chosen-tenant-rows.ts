import { eq } from 'drizzle-orm';
import { sessions } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

export async function unchooseTenant(tx: Transaction, tenantId: string): Promise<void> {
  await tx.update(sessions).set({ tenantId: null }).where(eq(sessions.tenantId, tenantId));
}

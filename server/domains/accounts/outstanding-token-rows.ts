import { eq } from 'drizzle-orm';
import { accountTokens } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Has no link of a mail to this person open anything any more, whatever it was for. */
export async function deleteOutstandingTokens(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(accountTokens).where(eq(accountTokens.userId, userId));
}

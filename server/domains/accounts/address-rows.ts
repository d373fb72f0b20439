import { and, eq } from 'drizzle-orm';
import { users } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The address of before was told of the change. @param email unless they have changed it once more since */
export async function forgetPreviousEmail(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx
    .update(users)
    .set({ previousEmail: null })
    .where(and(eq(users.id, userId), eq(users.previousEmail, email)));
}

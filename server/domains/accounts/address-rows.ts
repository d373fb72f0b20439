import { and, eq, sql } from 'drizzle-orm';
import { users } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Says of an account that its address is its owner's, unless it has another by now. The first time counts. */
export async function setEmailVerified(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx
    .update(users)
    .set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
    .where(and(eq(users.id, userId), eq(users.email, email)));
}

/** The address of before was told of the change. @param email unless they have changed it once more since */
export async function forgetPreviousEmail(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx
    .update(users)
    .set({ previousEmail: null })
    .where(and(eq(users.id, userId), eq(users.previousEmail, email)));
}

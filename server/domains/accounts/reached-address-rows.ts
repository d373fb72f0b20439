import { and, eq, sql } from 'drizzle-orm';
import { users } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Says of an account that its address is its owner's, unless it has another by now. The first time counts. */
export async function setAddressReached(tx: Transaction, userId: string, email: string): Promise<void> {
  await tx
    .update(users)
    .set({ emailVerifiedAt: sql`coalesce(email_verified_at, now())` })
    .where(and(eq(users.id, userId), eq(users.email, email)));
}

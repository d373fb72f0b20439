import { eq } from 'drizzle-orm';
import { users } from '../../../drizzle/schema/accounts.ts';
import type { Transaction } from '../../database/transaction.ts';

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(tx: Transaction, email: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

export async function insertUser(
  tx: Transaction,
  user: { id: string; email: string; name: string; passwordHash: string },
): Promise<void> {
  await tx.insert(users).values(user);
}

import type { Transaction } from '../../database/transaction.ts';
import { insertUser } from './user-rows.ts';

/** Makes an account inside the caller's transaction. The name starts as what stands before the @. */
export async function createUser(
  tx: Transaction,
  user: { id: string; email: string; passwordHash: string },
): Promise<{ name: string }> {
  const name = user.email.slice(0, user.email.lastIndexOf('@'));
  await insertUser(tx, { ...user, name });
  return { name };
}

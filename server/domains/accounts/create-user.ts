import type { Transaction } from '../../database/transaction.ts';
import { insertUser } from './user-rows.ts';

/** Makes an account inside the caller's transaction. Without another the name is what stands before the @. */
export async function createUser(
  tx: Transaction,
  user: { id: string; email: string; passwordHash: string; name?: string },
): Promise<{ name: string }> {
  const name = user.name ?? user.email.slice(0, user.email.lastIndexOf('@'));
  await insertUser(tx, { ...user, name });
  return { name };
}

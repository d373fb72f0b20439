import type { Transaction } from '../../database/transaction.ts';
import { holdUser, type UserRow } from './user-rows.ts';

/**
 * The account as it is now, for whoever begins a session in the caller's transaction. Who changes its password or address waits
 * until that ends, and then ends the session too; or was first, and what somebody was judged by may be void.
 */
export function holdAccount(tx: Transaction, userId: string): Promise<UserRow | null> {
  return holdUser(tx, userId);
}

import type { Transaction } from '../../database/transaction.ts';
import { lockUser, type UserRow } from './user-rows.ts';

/**
 * The account as it is now, locked until the caller's transaction ends. For whoever makes a copy of its name and address: who changes
 * them waits, and finds the copy, or has changed them before it was made.
 */
export function lockAccount(tx: Transaction, userId: string): Promise<UserRow | null> {
  return lockUser(tx, userId);
}

import type { Transaction } from '../../database/transaction.ts';
import { setName } from './user-rows.ts';

/** Changes what a person is called, in their account: the copies that organizations have are the caller's to change. */
export function renameUser(tx: Transaction, userId: string, name: string): Promise<void> {
  return setName(tx, userId, name);
}

import type { Transaction } from '../../database/transaction.ts';
import { setAddressReached } from './reached-address-rows.ts';

/** Notes, in the caller's transaction, that mail to this address reaches its account's owner: a token of a mail came back. */
export async function noteAddressReached(tx: Transaction, userId: string, email: string): Promise<void> {
  await setAddressReached(tx, userId, email);
}

import type { Transaction } from '../../database/transaction.ts';
import { lockTenant } from './tenant-rows.ts';
import { waitsToBeDeleted } from './waits-to-be-deleted.ts';

/**
 * Lets nothing new run in an organization whose deletion was asked for since the call was let in, and has whoever asks for it
 * wait until this transaction ends: they then find what it made.
 *
 * @throws Refusal `conflict`
 */
export async function refuseWhileWaiting(tx: Transaction, tenantId: string): Promise<void> {
  const { name, removesAt } = await lockTenant(tx, tenantId);
  if (removesAt !== null) throw waitsToBeDeleted(name, removesAt);
}

import type { Transaction } from '../../database/transaction.ts';
import { readRemovesAt } from './tenant-rows.ts';

/**
 * Whether an organization waits to be deleted, is deleted, or neither. Until the transaction ends it stays so: who asks for a
 * deletion, or takes one back, waits.
 */
export async function readRemoval(tx: Transaction, tenantId: string): Promise<'none' | 'waiting' | 'done'> {
  const removesAt = await readRemovesAt(tx, tenantId);
  if (removesAt === undefined) return 'done';
  return removesAt === null ? 'none' : 'waiting';
}

import type { Transaction } from '../../database/transaction.ts';
import { Refusal } from '../../refusal.ts';
import { countOwners } from './member-rows.ts';

/** To be called, with the organization locked, before an owner stops being one. @throws Refusal `last_owner` */
export async function requireAnotherOwner(tx: Transaction, tenantId: string): Promise<void> {
  if ((await countOwners(tx, tenantId)) > 1) return;
  throw new Refusal('last_owner', 'An organization needs an owner. Make someone else an owner first.');
}

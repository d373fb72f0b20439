import type { Transaction } from '../../database/transaction.ts';
import { listMemberRows } from './member-rows.ts';

/** Who owns the organization, for news that are for owners. Whether they still do is asked again when a mail goes. */
export async function listOwnerIds(tx: Transaction, tenantId: string): Promise<string[]> {
  const members = await listMemberRows(tx, tenantId);
  return members.filter(({ role }) => role === 'owner').map(({ userId }) => userId);
}

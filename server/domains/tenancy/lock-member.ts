import type { Transaction } from '../../database/transaction.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { findMember, type MemberRow } from './member-rows.ts';
import { lockTenant } from './tenant-rows.ts';

/**
 * Who does something among the members, and whom it is done to, both as they are now. The organization stays locked until the
 * transaction ends: of changes that come together each sees what the one before left, so that no two can remove each
 * other's last owner.
 *
 * @throws Refusal `forbidden` for someone who belongs to it no longer; `not_found`
 */
export async function lockMember(
  tx: Transaction,
  tenantId: string,
  { by, userId }: { by: string; userId: string },
): Promise<{ caller: MemberRow; member: MemberRow }> {
  await lockTenant(tx, tenantId);
  const caller = await findMember(tx, tenantId, by);
  if (caller === null)
    throw new Refusal(
      'forbidden',
      'You do not belong to this organization any longer. Ask for an invitation.',
    );
  const member = userId === by ? caller : await findMember(tx, tenantId, userId);
  if (member === null) throw notFound('member');
  return { caller, member };
}

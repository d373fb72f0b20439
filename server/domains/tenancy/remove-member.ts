import type { Tenant } from '../../database/tenant.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { deleteMember } from './member-rows.ts';
import { requireAnotherOwner } from './require-another-owner.ts';
import { requireMayManage } from './require-may-manage.ts';

/**
 * Takes someone out of the organization; the account stays theirs. Who removes themselves leaves, which everyone may.
 *
 * @throws Refusal `not_found`, `forbidden`, `last_owner`
 */
export function removeMember(
  tenant: Tenant,
  by: { userId: string; actor: Actor },
  { userId }: { userId: string },
): Promise<{ userId: string }> {
  return tenant.transaction(async (tx) => {
    const { caller, member } = await lockMember(tx, tenant.id, { by: by.userId, userId });
    const leaves = caller.userId === member.userId;
    if (!leaves) requireMayManage(caller.role, [member.role]);
    if (member.role === 'owner') await requireAnotherOwner(tx, tenant.id);
    await deleteMember(tx, member);
    await writeAudit(tx, {
      tenantId: tenant.id,
      actor: by.actor,
      action: leaves ? 'member.left' : 'member.removed',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { email: member.email, role: member.role },
      after: {},
    });
    return { userId };
  });
}

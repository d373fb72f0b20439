import type { Role } from '../../../shared/tenancy/role.ts';
import type { Tenant } from '../../database/tenant.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { setMemberRole } from './member-rows.ts';
import { requireAnotherOwner } from './require-another-owner.ts';
import { requireMayManage } from './require-may-manage.ts';

/**
 * Gives a member another role; the one they have changes nothing.
 *
 * @throws Refusal `not_found`, `forbidden`, `last_owner`
 */
export function changeRole(
  tenant: Tenant,
  by: { userId: string; actor: Actor },
  { userId, role }: { userId: string; role: Role },
): Promise<{ userId: string; role: Role }> {
  return tenant.transaction(async (tx) => {
    const { caller, member } = await lockMember(tx, tenant.id, { by: by.userId, userId });
    requireMayManage(caller.role, [member.role, role]);
    if (member.role === role) return { userId, role };
    if (member.role === 'owner') await requireAnotherOwner(tx, tenant.id);
    await setMemberRole(tx, member, role);
    await writeAudit(tx, {
      tenantId: tenant.id,
      actor: by.actor,
      action: 'member.role_changed',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { role: member.role },
      after: { role },
    });
    return { userId, role };
  });
}

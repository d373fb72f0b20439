import type { Role } from '../../../shared/tenancy/role.ts';
import type { Identity } from '../../database/identity.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { setMemberRole } from './member-rows.ts';
import { type Manager, renewOwnSession } from './renew-own-session.ts';
import { requireAnotherOwner } from './require-another-owner.ts';
import { requireMayManage } from './require-may-manage.ts';

/**
 * Gives a member another role; the one they have changes nothing.
 *
 * @throws Refusal `not_found`, `forbidden`, `last_owner`
 */
export function changeRole(
  { identity, sessions }: { identity: Identity; sessions: Sessions },
  tenantId: string,
  by: Manager,
  { userId, role }: { userId: string; role: Role },
): Promise<{ userId: string; role: Role; setCookie: string | null }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { caller, member } = await lockMember(tx, tenantId, { by: by.userId, userId });
    requireMayManage(caller.role, [member.role, role]);
    if (member.role === role) return { userId, role, setCookie: null };
    if (member.role === 'owner') await requireAnotherOwner(tx, tenantId);
    await setMemberRole(tx, member, role);
    await writeAudit(tx, {
      tenantId,
      actor: by.actor,
      action: 'member.role_changed',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { role: member.role },
      after: { role },
    });
    return { userId, role, setCookie: await renewOwnSession(tx, sessions, by, userId) };
  });
}

import type { Identity } from '../../database/identity.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { deleteMember } from './member-rows.ts';
import { type Manager, renewOwnSession } from './renew-own-session.ts';
import { requireAnotherOwner } from './require-another-owner.ts';
import { requireMayManage } from './require-may-manage.ts';

/**
 * Takes someone out of the organization; the account stays theirs. Who removes themselves leaves, which everyone may.
 *
 * @throws Refusal `not_found`, `forbidden`, `last_owner`
 */
export function removeMember(
  { identity, sessions }: { identity: Identity; sessions: Sessions },
  tenantId: string,
  by: Manager,
  { userId }: { userId: string },
): Promise<{ userId: string; setCookie: string | null }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { caller, member } = await lockMember(tx, tenantId, { by: by.userId, userId });
    const leaves = caller.userId === member.userId;
    if (!leaves) requireMayManage(caller.role, [member.role]);
    if (member.role === 'owner') await requireAnotherOwner(tx, tenantId);
    await deleteMember(tx, member);
    await writeAudit(tx, {
      tenantId,
      actor: by.actor,
      action: leaves ? 'member.left' : 'member.removed',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { email: member.email, role: member.role },
      after: {},
    });
    return { userId, setCookie: await renewOwnSession(tx, sessions, by, userId) };
  });
}

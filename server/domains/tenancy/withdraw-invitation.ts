import type { Identity } from '../../database/identity.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { deleteInvitation, lockInvitation } from './invitation-rows.ts';
import { lockMember } from './lock-member.ts';
import { requireMayManage } from './require-may-manage.ts';

/** Takes an invitation back: the mail's link opens nothing any more. @throws Refusal `not_found`, `forbidden` */
export function withdrawInvitation(
  identity: Identity,
  tenantId: string,
  by: { userId: string; actor: Actor },
  invitationId: string,
): Promise<{ invitationId: string }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { caller } = await lockMember(tx, tenantId, { by: by.userId, userId: by.userId });
    const invitation = await lockInvitation(tx, tenantId, invitationId);
    if (invitation === null) throw notFound('invitation');
    requireMayManage(caller.role, [invitation.role]);
    await deleteInvitation(tx, tenantId, invitationId);
    await writeAudit(tx, {
      tenantId,
      actor: by.actor,
      action: 'member.invitation_withdrawn',
      subject: { kind: 'invitation', id: invitationId, name: invitation.email },
      before: { role: invitation.role },
      after: {},
    });
    return { invitationId };
  });
}

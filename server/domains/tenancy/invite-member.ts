import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { invitationMailQueue } from '../../../shared/jobs/queues.ts';
import { INVITATION_SECONDS, type Invitation } from '../../../shared/tenancy/member.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import type { Identity } from '../../database/identity.ts';
import { invalidField } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { deleteOldInvitations, lockInvitationOf, putInvitation } from './invitation-rows.ts';
import { lockMember } from './lock-member.ts';
import { isMemberEmail } from './member-rows.ts';
import { refuseMemberBeyondPlan } from './refuse-member-beyond-plan.ts';
import { requireMayManage } from './require-may-manage.ts';

/** So long after its end an invitation that nobody answered is shown, to be sent again. */
const OLD_DAYS = 30;

/**
 * Asks an address to join, by mail. One that was asked before is asked anew, and the former mail opens nothing. Nobody looks
 * whether it has an account: the answer and the work for it cannot tell.
 *
 * @throws Refusal `invalid_input` at `email` for a member's, `forbidden`, `plan_limit_reached`
 */
export function inviteMember(
  { identity, boss }: { identity: Identity; boss: PgBoss },
  tenantId: string,
  by: { userId: string; actor: Actor },
  { email, role }: { email: string; role: Role },
): Promise<Invitation> {
  return identity.transactionIn(tenantId, async (tx) => {
    await refuseMemberBeyondPlan(tx, tenantId);
    const { caller } = await lockMember(tx, tenantId, { by: by.userId, userId: by.userId });
    const former = await lockInvitationOf(tx, tenantId, email);
    requireMayManage(caller.role, former === null ? [role] : [role, former.role]);
    if (await isMemberEmail(tx, tenantId, email))
      throw invalidField('email', 'Someone with this address belongs to the organization already.');
    await deleteOldInvitations(tx, tenantId, OLD_DAYS);
    const invitation = await putInvitation(
      tx,
      {
        tenantId,
        id: randomUUID(),
        email,
        role,
        invitedBy: caller.userId,
        invitedByName: caller.name,
      },
      INVITATION_SECONDS,
    );
    await writeAudit(tx, {
      tenantId,
      actor: by.actor,
      action: 'member.invited',
      subject: { kind: 'invitation', id: invitation.id, name: email },
      before: former === null ? {} : { role: former.role },
      after: { role },
    });
    const job = { tenantId, invitationId: invitation.id };
    await boss.send(invitationMailQueue.name, job, { db: fromDrizzle(tx, sql) });
    return invitation;
  });
}

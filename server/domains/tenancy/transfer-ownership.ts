import type { Identity } from '../../database/identity.ts';
import { invalidField, Refusal } from '../../refusal.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { setMemberRole } from './member-rows.ts';
import { type Manager, renewOwnSession } from './renew-own-session.ts';

/** Makes another member owner, and the owner who says so an admin, at once. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export function transferOwnership(
  { identity, sessions }: { identity: Identity; sessions: Sessions },
  tenantId: string,
  by: Manager,
  { userId }: { userId: string },
): Promise<{ userId: string; setCookie: string | null }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { caller, member } = await lockMember(tx, tenantId, { by: by.userId, userId });
    if (caller.role !== 'owner')
      throw new Refusal('forbidden', 'You are no owner any longer: only an owner gives ownership away.');
    if (member.userId === caller.userId)
      throw invalidField('userId', 'You are an owner already. Choose someone else.');
    await setMemberRole(tx, member, 'owner');
    await setMemberRole(tx, caller, 'admin');
    await writeAudit(tx, {
      tenantId,
      actor: by.actor,
      action: 'ownership.transferred',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { role: member.role, from: { name: caller.name, role: 'owner' } },
      after: { role: 'owner', from: { name: caller.name, role: 'admin' } },
    });
    return { userId, setCookie: await renewOwnSession(tx, sessions, by, caller.userId) };
  });
}

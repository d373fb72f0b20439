import type { Tenant } from '../../database/tenant.ts';
import { invalidField, Refusal } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { lockMember } from './lock-member.ts';
import { setMemberRole } from './member-rows.ts';

/** Makes another member owner, and the owner who says so an admin, at once. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export function transferOwnership(
  tenant: Tenant,
  by: { userId: string; actor: Actor },
  { userId }: { userId: string },
): Promise<{ userId: string }> {
  return tenant.transaction(async (tx) => {
    const { caller, member } = await lockMember(tx, tenant.id, { by: by.userId, userId });
    if (caller.role !== 'owner')
      throw new Refusal('forbidden', 'You are no owner any longer: only an owner gives ownership away.');
    if (member.userId === caller.userId)
      throw invalidField('userId', 'You are an owner already. Choose someone else.');
    await setMemberRole(tx, member, 'owner');
    await setMemberRole(tx, caller, 'admin');
    await writeAudit(tx, {
      tenantId: tenant.id,
      actor: by.actor,
      action: 'ownership.transferred',
      subject: { kind: 'member', id: userId, name: member.name },
      before: { role: member.role, from: { name: caller.name, role: 'owner' } },
      after: { role: 'owner', from: { name: caller.name, role: 'admin' } },
    });
    return { userId };
  });
}

import type { MemberList } from '../../../shared/tenancy/member.ts';
import { isAtLeast, type Role } from '../../../shared/tenancy/role.ts';
import type { Tenant } from '../../database/tenant.ts';
import { listInvitationRows } from './invitation-rows.ts';
import { listMemberRows } from './member-rows.ts';

/** Who belongs to the organization, and, for those who may invite, who was asked and has not answered. */
export function listMembers(tenant: Tenant, me: { userId: string; role: Role }): Promise<MemberList> {
  return tenant.transaction(async (tx) => {
    const members = (await listMemberRows(tx, tenant.id)).map(({ userId, name, email, role, createdAt }) => ({
      userId,
      name,
      email,
      role,
      joinedAt: createdAt.toISOString(),
      isYou: userId === me.userId,
    }));
    const invitations = isAtLeast(me.role, 'admin') ? await listInvitationRows(tx, tenant.id) : [];
    return { members, invitations };
  });
}

import { mayManage } from '../../../../../shared/tenancy/may-manage.ts';
import type { Member } from '../../../../../shared/tenancy/member.ts';
import { ROLES, type Role } from '../../../../../shared/tenancy/role.ts';

/** The one who looks: their role, and whether anything may be changed now. */
export type Looker = { role: Role; mayChange: boolean };

/** The roles that one may give, to somebody who has none of one's own making yet. */
export function rolesToGive({ role, mayChange }: Looker): Role[] {
  return mayChange ? ROLES.filter((other) => mayManage(role, other)) : [];
}

/** Whether this person is the one owner there is. */
export function isLastOwner(member: Pick<Member, 'role'>, members: readonly Pick<Member, 'role'>[]): boolean {
  return member.role === 'owner' && members.filter(({ role }) => role === 'owner').length === 1;
}

/** The roles that one may give to a person of the list; none where their role stays as it is. */
export function rolesFor(
  looker: Looker,
  member: Pick<Member, 'role'>,
  members: readonly Pick<Member, 'role'>[],
): Role[] {
  if (!mayManage(looker.role, member.role) || isLastOwner(member, members)) return [];
  return rolesToGive(looker);
}

/** Whether one may take this person out of the organization. Out of it oneself one leaves. */
export function mayRemove({ role, mayChange }: Looker, member: Pick<Member, 'role' | 'isYou'>): boolean {
  return mayChange && !member.isYou && mayManage(role, member.role);
}

/** Why the last owner can neither leave nor step down, and what to do first; null for everybody else. */
export function whyHeld(
  you: Pick<Member, 'role'> | undefined,
  members: readonly Pick<Member, 'role'>[],
): string | null {
  if (you === undefined || !isLastOwner(you, members)) return null;
  return members.length === 1
    ? 'You are the only owner, and an organization needs one. Invite somebody and make them an owner first, or delete the organization.'
    : 'You are the only owner, and an organization needs one. Make somebody else an owner first, or transfer ownership to them.';
}

import type { Role } from './role.ts';

/** What each role may do in an organization, after "may". */
export const ROLE_MAY: Readonly<Record<Role, string>> = {
  owner: 'do everything, plan and members included',
  admin: 'change everything but the owners',
  member: 'add and change what is watched',
  viewer: 'see everything, and change nothing',
};

/** As it stands alone: "Viewer". */
export function roleTitle(role: Role): string {
  return role.slice(0, 1).toUpperCase() + role.slice(1);
}

/** "a member", "an owner". */
export function asRole(role: Role): string {
  return `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
}

/** What a role may do, to who is asked to take it: "As a viewer you may see everything, and change nothing." */
export function roleSentence(role: Role): string {
  return `As ${asRole(role)} you may ${ROLE_MAY[role]}.`;
}

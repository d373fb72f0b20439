import type { Role } from './role.ts';

/** What each role may do in an organization, after "may". */
const MAY: Record<Role, string> = {
  owner: 'do everything there, its plan and its members included',
  admin: 'change everything there but its owners',
  member: 'add and change what is watched',
  viewer: 'see everything, and change nothing',
};

/** "a member", "an owner". */
export function asRole(role: Role): string {
  return `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
}

/** What a role may do, to who is asked to take it: "As a viewer you may see everything, and change nothing." */
export function roleSentence(role: Role): string {
  return `As ${asRole(role)} you may ${MAY[role]}.`;
}

import type { Role } from './role.ts';

/**
 * Whether someone of a role may invite, change or remove someone of another, or make them that: an owner everybody, an admin
 * everybody but owners, the others nobody.
 */
export function mayManage(role: Role, other: Role): boolean {
  return role === 'owner' || (role === 'admin' && other !== 'owner');
}

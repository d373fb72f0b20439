import type { Role } from '../../shared/tenancy/role.ts';

/** `anyone`; `signed_in` for a person, of whatever organization or none; else the least role that may. */
export type Access = 'anyone' | 'signed_in' | Role;

/**
 * Who may call what: each procedure has its row, and is refused without one. Roles are at least: what a viewer may, everyone
 * in the organization may.
 */
export const ACCESS: Readonly<Record<string, Access>> = {
  'auth.register': 'anyone',
  'auth.login': 'anyone',
  'auth.logout': 'anyone',
  'auth.me': 'signed_in',
  'auth.verifyEmail': 'anyone',
  'auth.requestEmailVerification': 'signed_in',
  'auth.requestPasswordReset': 'anyone',
  'auth.resetPassword': 'anyone',
  'auth.changePassword': 'signed_in',
  'auth.requestEmailChange': 'signed_in',
  'auth.confirmEmailChange': 'anyone',
  'auth.updateProfile': 'signed_in',
  'auth.switchTenant': 'signed_in',
  'sessions.list': 'signed_in',
  'sessions.revoke': 'signed_in',

  'monitors.list': 'viewer',
  'monitors.summary': 'viewer',
  'monitors.get': 'viewer',
  'monitors.create': 'member',
  'monitors.update': 'member',
  'monitors.try': 'member',
  'monitors.remove': 'member',
  'monitors.pause': 'member',
  'monitors.resume': 'member',
  'monitors.duplicate': 'member',
  'monitors.checkNow': 'member',
  'results.list': 'viewer',
  'results.series': 'viewer',
  'results.lastFailure': 'viewer',
  'stateChanges.list': 'viewer',
  'stateChanges.get': 'viewer',
  'certificates.list': 'viewer',
  'uptime.summary': 'viewer',
  'uptime.days': 'viewer',
  'regions.list': 'viewer',
  'regions.leave': 'admin',
  'live.changes': 'viewer',

  'members.list': 'viewer',
  'members.invite': 'admin',
  'members.changeRole': 'admin',
  'members.remove': 'admin',
  'members.leave': 'viewer',
  'members.transferOwnership': 'owner',
  'invitations.get': 'anyone',
  'invitations.accept': 'anyone',
  'invitations.withdraw': 'admin',
  'tenants.update': 'admin',
  'tenants.remove': 'owner',
  'tenants.undoRemoval': 'owner',

  'billing.status': 'viewer',
  'billing.invoices': 'admin',
  'billing.startCheckout': 'admin',
  'billing.openPortal': 'admin',
  'billing.cancel': 'admin',
  'billing.resume': 'admin',
  'billing.refresh': 'admin',

  'audit.list': 'admin',
  'audit.actors': 'admin',
};

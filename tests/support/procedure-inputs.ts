import { randomBytes, randomUUID } from 'node:crypto';
import type { InputOf, ProcedureName } from './api-client.ts';
import { PASSWORD } from './world.ts';

/** Whose things a call is about: of one's own organization, of another's, or of none that is or was. */
export type Things = {
  monitorId: string;
  stateChangeId: string;
  /** A viewer. */
  userId: string;
  invitationId: string;
  /** Of the one who asks, where it is their own. */
  sessionId: string;
  tenantSlug: string;
  tenantName: string;
};

const NEW_PASSWORD = 'Another-Horse-8-Battery';
const newPassword = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
/** As mails carry them; this one came in none. */
const token = randomBytes(32).toString('base64url');
const newEmail = () => `${randomUUID()}@new.example`;
const monitor = { kind: 'http', target: 'https://example.com/access' } as const;

/**
 * An input for every procedure, about these things; without any where it names none. A procedure that is not here, or takes something
 * else, does not compile.
 */
export const INPUT_OF: { [Name in ProcedureName]: (things: Things) => InputOf<Name> } = {
  'auth.register': () => ({
    organizationName: `Organization ${randomUUID()}`,
    email: newEmail(),
    ...newPassword,
  }),
  'auth.login': () => ({ email: 'nobody@nowhere.example', password: PASSWORD }),
  'auth.logout': () => undefined,
  'auth.me': () => undefined,
  'auth.verifyEmail': () => ({ token }),
  'auth.requestEmailVerification': () => undefined,
  'auth.requestPasswordReset': () => ({ email: newEmail() }),
  'auth.resetPassword': () => ({ token, ...newPassword }),
  'auth.changePassword': () => ({ currentPassword: PASSWORD, ...newPassword }),
  'auth.requestEmailChange': () => ({ email: newEmail(), currentPassword: PASSWORD }),
  'auth.confirmEmailChange': () => ({ token }),
  'auth.updateProfile': () => ({ name: 'Somebody' }),
  'auth.switchTenant': ({ tenantSlug }) => ({ tenantSlug }),
  'sessions.list': () => undefined,
  'sessions.revoke': ({ sessionId }) => ({ sessionId }),

  'monitors.list': () => ({ limit: 1 }),
  'monitors.summary': () => undefined,
  'monitors.get': ({ monitorId }) => ({ monitorId }),
  'monitors.create': () => ({ name: 'New', ...monitor }),
  'monitors.update': ({ monitorId }) => ({ monitorId, name: 'Mine now' }),
  'monitors.try': ({ monitorId }) => ({ monitorId, ...monitor, timeoutMs: 500 }),
  'monitors.remove': ({ monitorId }) => ({ monitorId }),
  'monitors.pause': ({ monitorId }) => ({ monitorId }),
  'monitors.resume': ({ monitorId }) => ({ monitorId }),
  'monitors.duplicate': ({ monitorId }) => ({ monitorId }),
  'monitors.checkNow': ({ monitorId }) => ({ monitorId }),
  'results.list': ({ monitorId }) => ({ monitorId }),
  'results.series': ({ monitorId }) => ({ monitorId, range: '1h' }),
  'results.lastFailure': ({ monitorId }) => ({ monitorId }),
  'stateChanges.list': ({ monitorId }) => ({ monitorId }),
  'stateChanges.get': ({ monitorId, stateChangeId }) => ({ monitorId, stateChangeId }),
  'certificates.list': ({ monitorId }) => ({ monitorId }),
  'uptime.summary': ({ monitorId }) => ({ monitorId, range: '24h' }),
  'uptime.days': ({ monitorId }) => ({ monitorId, days: 7 }),
  'regions.list': () => undefined,
  'regions.leave': () => ({ region: 'local' }),
  'live.changes': () => undefined,

  'members.list': () => undefined,
  'members.invite': () => ({ email: newEmail(), role: 'viewer' }),
  'members.changeRole': ({ userId }) => ({ userId, role: 'member' }),
  'members.remove': ({ userId }) => ({ userId }),
  'members.leave': () => undefined,
  'members.transferOwnership': ({ userId }) => ({ userId }),
  'invitations.get': () => ({ token }),
  'invitations.accept': () => ({ token, name: 'Somebody', password: NEW_PASSWORD }),
  'invitations.withdraw': ({ invitationId }) => ({ invitationId }),
  'tenants.update': () => ({ name: `Organization ${randomUUID()}` }),
  'tenants.remove': ({ tenantName }) => ({ name: tenantName }),
  'tenants.undoRemoval': () => undefined,

  'billing.status': () => undefined,
  'billing.invoices': () => undefined,
  'billing.startCheckout': () => ({ plan: 'pro' }),
  'billing.openPortal': () => undefined,
  'billing.cancel': () => undefined,
  'billing.resume': () => undefined,
  'billing.refresh': () => undefined,

  'audit.list': ({ userId }) => ({ actorId: userId }),
  'audit.actors': () => undefined,
};

/** Things that never were. */
export function noThings(): Things {
  const id = randomUUID();
  return {
    monitorId: randomUUID(),
    stateChangeId: randomUUID(),
    userId: randomUUID(),
    invitationId: randomUUID(),
    sessionId: randomUUID(),
    tenantSlug: `none-${id}`,
    tenantName: `None ${id}`,
  };
}

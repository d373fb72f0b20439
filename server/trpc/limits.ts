import type { RateLimit } from '../limits/rate-limits.ts';

/** Who is counted. `account`: the email that the call names, whether anybody has it or not; `token`: of a mail's link. */
export type CountedBy = 'address' | 'account' | 'address_and_account' | 'token' | 'user' | 'tenant';

/** `calls`: each whose input was right, whatever came of it, and each wrong password. `wrong_passwords`: these alone. */
export type ProcedureLimit = RateLimit & { by: CountedBy; counts: 'calls' | 'wrong_passwords' };

const HOUR = 3600;
const MINUTE = 60;

/** What somebody who found a browser left open would do, or who wants to fill a mailbox that is not theirs. */
const sensitive = (name: string, by: CountedBy): ProcedureLimit => ({
  name,
  most: 3,
  perSeconds: HOUR,
  by,
  counts: 'calls',
});

/** Asking a target at once, or having a draft tried, is work that others wait for. */
const CHECKS = { name: 'checks', most: 60, perSeconds: MINUTE, by: 'user', counts: 'calls' } as const;

/** Each of these asks Stripe several things. */
const BILLING = { name: 'billing', most: 10, perSeconds: HOUR, by: 'user', counts: 'calls' } as const;

/**
 * How often what may be called: a call is answered when each limit in its procedure's row has room, and `rate_limited` else.
 * A limit by account alone would let a stranger lock its owner out, so that guessing is counted by both together.
 */
export const LIMITS: Readonly<Record<string, readonly ProcedureLimit[]>> = {
  'auth.register': [{ name: 'register', most: 5, perSeconds: HOUR, by: 'address', counts: 'calls' }],
  'auth.login': [
    { name: 'login', most: 10, perSeconds: HOUR, by: 'address_and_account', counts: 'wrong_passwords' },
  ],
  'auth.requestEmailVerification': [sensitive('verify_email', 'user')],
  'auth.requestPasswordReset': [
    sensitive('reset_at_address', 'address'),
    sensitive('reset_of_account', 'account'),
  ],
  'auth.changePassword': [{ ...sensitive('change_password', 'user'), counts: 'wrong_passwords' }],
  'auth.requestEmailChange': [sensitive('change_email', 'user')],

  'members.invite': [{ name: 'invite', most: 20, perSeconds: HOUR, by: 'tenant', counts: 'calls' }],
  'invitations.accept': [
    { name: 'accept', most: 10, perSeconds: HOUR, by: 'token', counts: 'wrong_passwords' },
  ],
  'tenants.remove': [sensitive('remove_tenant', 'user')],

  'billing.startCheckout': [BILLING],
  'billing.openPortal': [BILLING],
  'billing.cancel': [BILLING],
  'billing.resume': [BILLING],
  'billing.refresh': [BILLING],

  'monitors.checkNow': [CHECKS],
  'monitors.try': [CHECKS],
};

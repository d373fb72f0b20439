import type { RateLimit } from '../limits/rate-limits.ts';

/** Who is counted. `account`: the email that the call names, whether anybody has it or not. */
export type CountedBy = 'address' | 'account' | 'address_and_account' | 'user' | 'tenant';

/** `calls`: each that was understood, whatever came of it. `wrong_passwords`: each that named one. */
export type ProcedureLimit = RateLimit & { by: CountedBy; counts: 'calls' | 'wrong_passwords' };

const HOUR = 3600;
const MINUTE = 60;

/** Asking a target at once, or having a draft tried, is work that others wait for. */
const CHECKS = { name: 'checks', most: 60, perSeconds: MINUTE, by: 'user', counts: 'calls' } as const;

/**
 * How often what may be called: a call is answered when each limit in its procedure's row has room, and `rate_limited` else.
 * A limit by account alone would let a stranger lock its owner out, so that guessing is counted by both together.
 */
export const LIMITS: Readonly<Record<string, readonly ProcedureLimit[]>> = {
  'auth.register': [{ name: 'register', most: 5, perSeconds: HOUR, by: 'address', counts: 'calls' }],
  'auth.login': [
    { name: 'login', most: 10, perSeconds: HOUR, by: 'address_and_account', counts: 'wrong_passwords' },
  ],

  'monitors.checkNow': [CHECKS],
  'monitors.try': [CHECKS],
};

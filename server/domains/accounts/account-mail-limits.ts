import type { RateLimit } from '../../limits/rate-limits.ts';
import type { AccountMailJob } from './queue-account-mail.ts';

const HOUR = 3600;

/**
 * How often one account gets what anybody may have sent to it, from however many addresses they ask. Whoever has had that many
 * has links that still open: nobody is locked out by a flood.
 */
export const ACCOUNT_MAIL_LIMITS: Partial<Record<AccountMailJob['kind'], RateLimit>> = {
  reset_password: { name: 'mail_reset_password', most: 5, perSeconds: HOUR },
  registration_refused: { name: 'mail_registration_refused', most: 3, perSeconds: 24 * HOUR },
};

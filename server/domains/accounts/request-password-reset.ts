import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { queueAccountMail } from './queue-account-mail.ts';
import { findUserByEmail } from './user-rows.ts';

/**
 * Sends a link that sets a new password, where the address has an account. One query and one job, whether it has one or
 * not: neither the answer nor its time tells.
 *
 * @returns whose account it is, for the log alone: it must not reach whoever asked
 */
export function requestPasswordReset(
  services: { identity: Identity; boss: PgBoss },
  email: string,
): Promise<{ userId: string | null }> {
  return services.identity.transaction(async (tx) => {
    const user = await findUserByEmail(tx, email);
    const userId = user?.id ?? null;
    await queueAccountMail(tx, services.boss, { kind: 'reset_password', userId });
    return { userId };
  });
}

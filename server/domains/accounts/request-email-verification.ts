import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { queueAccountMail } from './queue-account-mail.ts';

/** Has the mail sent again that asks a person to verify their address; an address that is verified already gets none. */
export async function requestEmailVerification(
  services: { identity: Identity; boss: PgBoss },
  user: { id: string; emailVerified: boolean },
): Promise<{ status: 'sent' | 'already_verified' }> {
  if (user.emailVerified) return { status: 'already_verified' };
  await services.identity.transaction((tx) =>
    queueAccountMail(tx, services.boss, { kind: 'verify_email', userId: user.id }),
  );
  return { status: 'sent' };
}

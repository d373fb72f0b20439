import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { invalidField } from '../../refusal.ts';
import { queueAccountMail } from './queue-account-mail.ts';
import { requireOwnPassword } from './require-own-password.ts';
import { deleteTokens } from './token-rows.ts';
import { findUserByEmail, setPendingEmail } from './user-rows.ts';

/**
 * Asks for another address: it becomes the account's once a mail to it was answered. For one that has an account already the
 * work and the answer are the same, and what the account shows of itself too; but the job is for nobody.
 *
 * @throws Refusal `invalid_input` for a wrong password, or the address they have
 */
export async function requestEmailChange(
  { identity, boss }: { identity: Identity; boss: PgBoss },
  userId: string,
  input: { email: string; currentPassword: string },
): Promise<void> {
  const user = await requireOwnPassword(identity, userId, input.currentPassword);
  if (user.email === input.email) throw invalidField('email', 'This is your address already.');

  await identity.transaction(async (tx) => {
    const holder = await findUserByEmail(tx, input.email);
    await setPendingEmail(tx, userId, input.email);
    // A link to the address they asked for before must not change anything any more.
    await deleteTokens(tx, userId, 'change_email');
    await queueAccountMail(tx, boss, { kind: 'change_email', userId: holder === null ? userId : null });
  });
}

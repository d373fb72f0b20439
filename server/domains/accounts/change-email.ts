import type { PgBoss } from 'pg-boss';
import type { Transaction } from '../../database/transaction.ts';
import { deleteOutstandingTokens } from './outstanding-token-rows.ts';
import { queueAccountMail } from './queue-account-mail.ts';
import { redeemToken } from './redeem-token.ts';
import { deleteSessionsBut } from './session-rows.ts';
import type { AskingSession, Sessions } from './sessions.ts';
import { takeEmail } from './user-rows.ts';

/**
 * Makes the address that answered a mail the account's own. Other sessions end, and every other link; the one of the person
 * who opened it gets a new token. The former address is told. The copies that organizations have are the caller's to change.
 *
 * @param caller who opened the link, if anybody is signed in there
 * @throws Refusal `token_expired`; an error of the constraint `users_email` when somebody else has the address by now
 */
export async function changeEmail(
  tx: Transaction,
  { boss, sessions }: { boss: PgBoss; sessions: Sessions },
  token: string,
  caller: (AskingSession & { user: { id: string } }) | null,
): Promise<{ userId: string; email: string; setCookie: string | null }> {
  const { userId, email } = await redeemToken(tx, 'change_email', token);
  await takeEmail(tx, userId, email);
  const stays = caller?.user.id === userId ? caller : null;
  await deleteSessionsBut(tx, userId, stays?.sessionId ?? null);
  await deleteOutstandingTokens(tx, userId);
  await queueAccountMail(tx, boss, { kind: 'email_changed', userId });
  const setCookie = stays === null ? null : (await sessions.rotate(tx, stays)).setCookie;
  return { userId, email, setCookie };
}

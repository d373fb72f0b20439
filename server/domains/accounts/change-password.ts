import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { Refusal } from '../../refusal.ts';
import { hashPassword } from './hash-password.ts';
import { deleteOutstandingTokens } from './outstanding-token-rows.ts';
import { queueAccountMail } from './queue-account-mail.ts';
import { refusePopularPassword } from './refuse-popular-password.ts';
import { requireOwnPassword } from './require-own-password.ts';
import { deleteSessionsBut } from './session-rows.ts';
import type { AskingSession, Sessions } from './sessions.ts';
import { lockUserOut, replacePassword } from './user-rows.ts';

/**
 * Sets a new password for who knows the present one. Every other session ends, links from mails open nothing any more, and
 * the session that asks gets a new token.
 *
 * @throws Refusal `invalid_input` for a wrong present password, or a new one that very many people use; `conflict`
 */
export async function changePassword(
  services: { identity: Identity; boss: PgBoss; sessions: Sessions },
  caller: AskingSession & { user: { id: string } },
  input: { currentPassword: string; password: string },
): Promise<{ setCookie: string; ended: number }> {
  const { identity, boss, sessions } = services;
  refusePopularPassword(input.password);
  const user = await requireOwnPassword(identity, caller.user.id, input.currentPassword);
  const to = await hashPassword(input.password);

  return identity.transaction(async (tx) => {
    await lockUserOut(tx, user.id);
    if (!(await replacePassword(tx, user.id, { from: user.passwordHash, to }))) {
      throw new Refusal('conflict', 'Your password was changed elsewhere in this moment. Try again.');
    }
    const ended = await deleteSessionsBut(tx, user.id, caller.sessionId);
    await deleteOutstandingTokens(tx, user.id);
    const { setCookie } = await sessions.rotate(tx, caller);
    if (setCookie === null) {
      // Who renewed it may be somebody else: whoever knows the password has to be the one that stays.
      throw new Refusal('conflict', 'Your session was renewed in another tab in this moment. Try again.');
    }
    await queueAccountMail(tx, boss, { kind: 'password_changed', userId: user.id });
    return { setCookie, ended };
  });
}

import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { hashPassword } from './hash-password.ts';
import { deleteOutstandingTokens } from './outstanding-token-rows.ts';
import { queueAccountMail } from './queue-account-mail.ts';
import { redeemToken } from './redeem-token.ts';
import { refusePopularPassword } from './refuse-popular-password.ts';
import { deleteSessionsBut } from './session-rows.ts';
import { lockUserOut, setPasswordByMail } from './user-rows.ts';

/**
 * Sets a new password for who read the mail to their address, which that verifies. Every session ends, and every other link
 * with it: whoever had the account opens nothing any more.
 *
 * @throws Refusal `token_expired`; `invalid_input` for a password that very many people use
 */
export async function resetPassword(
  { identity, boss }: { identity: Identity; boss: PgBoss },
  input: { token: string; password: string },
): Promise<{ userId: string; ended: number }> {
  refusePopularPassword(input.password);
  const passwordHash = await hashPassword(input.password);

  return identity.transaction(async (tx) => {
    const redeemed = await redeemToken(tx, 'reset_password', input.token);
    await lockUserOut(tx, redeemed.userId);
    await setPasswordByMail(tx, redeemed.userId, passwordHash);
    const ended = await deleteSessionsBut(tx, redeemed.userId, null);
    await deleteOutstandingTokens(tx, redeemed.userId);
    await queueAccountMail(tx, boss, { kind: 'password_changed', userId: redeemed.userId });
    return { userId: redeemed.userId, ended };
  });
}

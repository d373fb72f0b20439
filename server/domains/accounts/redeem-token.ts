import type { TokenPurpose } from '../../../shared/accounts/token.ts';
import type { Transaction } from '../../database/transaction.ts';
import { linkExpired } from './link-expired.ts';
import { tokenHash } from './token-hash.ts';
import { deleteTokens, lockTokenOwner, takeToken } from './token-rows.ts';

/**
 * Uses a token up, with all others its person has for the same thing. Of many who try at once one succeeds. It is good only
 * while its address is still theirs: the account's own, or, to change that, the one they asked for.
 *
 * @returns whose it was, their row locked until the transaction ends
 * @throws Refusal `token_expired` for one that is used, run out, of another purpose or unknown: all the same
 */
export async function redeemToken(
  tx: Transaction,
  purpose: TokenPurpose,
  token: string,
): Promise<{ userId: string; email: string }> {
  const hash = tokenHash(token);
  const owner = await lockTokenOwner(tx, hash, purpose);
  const mailedTo = owner === null ? null : await takeToken(tx, hash, purpose);
  const theirs = purpose === 'change_email' ? owner?.pendingEmail : owner?.email;
  if (owner === null || mailedTo === null || mailedTo !== theirs) throw linkExpired();
  await deleteTokens(tx, owner.userId, purpose);
  return { userId: owner.userId, email: mailedTo };
}

import { randomBytes } from 'node:crypto';
import { TOKEN_SECONDS, type TokenPurpose } from '../../../shared/accounts/token.ts';
import type { Transaction } from '../../database/transaction.ts';
import { tokenHash } from './token-hash.ts';
import { insertToken } from './token-rows.ts';

/**
 * Makes a token for the mail that is about to go out. Earlier ones stay good: who asks twice may open either mail.
 *
 * @param options.email where the mail goes: the token speaks for that address alone
 * @returns the token itself, which only the mail may carry
 */
export async function mintToken(
  tx: Transaction,
  options: { purpose: TokenPurpose; userId: string; email: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertToken(tx, { ...options, tokenHash: tokenHash(token) }, TOKEN_SECONDS[options.purpose]);
  return token;
}

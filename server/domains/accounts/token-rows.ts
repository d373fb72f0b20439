import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { accountTokens, handoverCodes, users } from '../../../drizzle/schema/accounts.ts';
import type { TokenPurpose } from '../../../shared/accounts/token.ts';
import type { Transaction } from '../../database/transaction.ts';

/** @param lifetimeSeconds by the database's clock */
export async function insertToken(
  tx: Transaction,
  token: { tokenHash: string; purpose: TokenPurpose; userId: string; email: string },
  lifetimeSeconds: number,
): Promise<void> {
  const expiresAt = sql`now() + make_interval(secs => ${lifetimeSeconds})`;
  await tx.insert(accountTokens).values({ ...token, expiresAt });
}

/**
 * Whose token this is, if it is good for that purpose. Their row is locked until the transaction ends: whoever redeems or
 * changes anything of one person does so one after the other, and locks in the same order.
 */
export async function lockTokenOwner(
  tx: Transaction,
  tokenHash: string,
  purpose: TokenPurpose,
): Promise<{ userId: string; email: string; pendingEmail: string | null } | null> {
  const [row] = await tx
    .select({ userId: users.id, email: users.email, pendingEmail: users.pendingEmail })
    .from(users)
    .innerJoin(accountTokens, eq(accountTokens.userId, users.id))
    .where(and(eq(accountTokens.tokenHash, tokenHash), eq(accountTokens.purpose, purpose)))
    .for('no key update', { of: users });
  return row ?? null;
}

/** Takes a token away, and says what address it was mailed to; null when it is no more, or its time is over. */
export async function takeToken(
  tx: Transaction,
  tokenHash: string,
  purpose: TokenPurpose,
): Promise<string | null> {
  const [row] = await tx
    .delete(accountTokens)
    .where(
      and(
        eq(accountTokens.tokenHash, tokenHash),
        eq(accountTokens.purpose, purpose),
        gt(accountTokens.expiresAt, sql`now()`),
      ),
    )
    .returning({ email: accountTokens.email });
  return row?.email ?? null;
}

/** Removes what a person's mails may still open: for one purpose, or for all. */
export async function deleteTokens(tx: Transaction, userId: string, purpose?: TokenPurpose): Promise<void> {
  await tx
    .delete(accountTokens)
    .where(
      and(
        eq(accountTokens.userId, userId),
        purpose === undefined ? undefined : eq(accountTokens.purpose, purpose),
      ),
    );
}

/** Removes what has run out: tokens of mails, and codes that lead from one host to another. */
export async function deleteExpiredTokens(tx: Transaction): Promise<void> {
  await tx.delete(accountTokens).where(lte(accountTokens.expiresAt, sql`now()`));
  await tx.delete(handoverCodes).where(lte(handoverCodes.expiresAt, sql`now()`));
}

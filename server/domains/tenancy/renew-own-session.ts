import type { Transaction } from '../../database/transaction.ts';
import type { AskingSession, Sessions } from '../accounts/sessions.ts';
import type { Actor } from '../audit/write-audit.ts';

/** Who changes something among the members, and by which session. */
export type Manager = AskingSession & { userId: string; actor: Actor };

/**
 * Gives the session of who changed their own role another token, in the transaction that changed it. Of others nothing is renewed:
 * their role is read with each call they make (docs/decisions/0013-new-tokens.md).
 *
 * @returns what the browser has to keep; null where it keeps what it has
 */
export async function renewOwnSession(
  tx: Transaction,
  sessions: Sessions,
  by: Manager,
  userId: string,
): Promise<string | null> {
  if (by.userId !== userId) return null;
  return (await sessions.rotate(tx, by)).setCookie;
}

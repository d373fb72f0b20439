import type { Identity } from '../../database/identity.ts';
import type { Sessions } from './sessions.ts';
import { deleteExpiredTokens } from './token-rows.ts';

/** Removes what has run out: sessions, tokens of mails, and codes that lead from one host to another. */
export async function sweepExpired(services: { identity: Identity; sessions: Sessions }): Promise<void> {
  await services.sessions.sweep();
  await services.identity.transaction(deleteExpiredTokens);
}

import type { PgBoss } from 'pg-boss';
import type { Identity } from '../../database/identity.ts';
import { violatedConstraint } from '../../database/violated-constraint.ts';
import { changeEmail } from '../accounts/change-email.ts';
import { linkExpired } from '../accounts/link-expired.ts';
import type { AskingSession, Sessions } from '../accounts/sessions.ts';
import { copyToMembers } from './copy-to-members.ts';

/**
 * Changes a person's address to the one whose mail they opened, for themselves and in every organization they belong to. Of
 * two who want the same address the first gets it.
 *
 * @throws Refusal `token_expired`, also when somebody else has the address: that it has an account is not told
 */
export async function confirmEmailChange(
  services: { identity: Identity; boss: PgBoss; sessions: Sessions },
  token: string,
  caller: (AskingSession & { user: { id: string } }) | null,
): Promise<{ userId: string; email: string; setCookie: string | null }> {
  try {
    return await services.identity.transactionAcross(async (tx, goTo) => {
      const changed = await changeEmail(tx, services, token, caller);
      await copyToMembers(tx, goTo, changed.userId, { email: changed.email });
      return changed;
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'users_email') throw error;
    throw linkExpired();
  }
}

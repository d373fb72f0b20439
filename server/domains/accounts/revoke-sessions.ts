import type { RevokeSessionInput } from '../../../shared/accounts/session.ts';
import type { Identity } from '../../database/identity.ts';
import { deleteSession, deleteSessionsBut } from './session-rows.ts';

/**
 * Ends one session of a person, or all but the one that asks. What is no session of theirs is none that could end: it
 * counts as none, whether it exists or not.
 *
 * @returns how many ended, and whether the one that asks is among them
 */
export function revokeSessions(
  identity: Identity,
  person: { sessionId: string; user: { id: string } },
  input: RevokeSessionInput,
): Promise<{ revoked: number; endsOwn: boolean }> {
  return identity.transaction(async (tx) => {
    if ('others' in input) {
      return { revoked: await deleteSessionsBut(tx, person.user.id, person.sessionId), endsOwn: false };
    }
    const revoked = await deleteSession(tx, person.user.id, input.sessionId);
    return { revoked, endsOwn: input.sessionId.toLowerCase() === person.sessionId };
  });
}

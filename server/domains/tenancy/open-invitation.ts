import type { Identity } from '../../database/identity.ts';
import { tokenHash } from '../accounts/token-hash.ts';
import { closedToJoiners } from './closed-to-joiners.ts';
import { invitationExpired } from './invitation-expired.ts';
import { type FoundInvitation, findInvitationByToken } from './invitation-rows.ts';

/**
 * The invitation that a token from a mail opens. Whoever has none learns nothing: unknown, used, withdrawn, replaced and too old
 * are one answer.
 *
 * @throws Refusal `token_expired`; `conflict` when the organization is about to be deleted
 */
export async function openInvitation(identity: Identity, token: string): Promise<FoundInvitation> {
  const invitation = await identity.transaction((tx) => findInvitationByToken(tx, tokenHash(token)));
  if (invitation === null) throw invitationExpired();
  if (invitation.tenant.removesAt !== null) throw closedToJoiners(invitation.tenant.name);
  return invitation;
}

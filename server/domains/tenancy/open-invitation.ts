import type { Identity } from '../../database/identity.ts';
import { Refusal } from '../../refusal.ts';
import { hashInvitationToken } from './hash-invitation-token.ts';
import { type FoundInvitation, findInvitationByToken } from './invitation-rows.ts';

/**
 * The invitation that a token from a mail opens. Whoever has none learns nothing: unknown, used, withdrawn, replaced and too old
 * are one answer.
 *
 * @throws Refusal `token_expired`; `conflict` when the organization is about to be deleted
 */
export async function openInvitation(identity: Identity, token: string): Promise<FoundInvitation> {
  const tokenHash = hashInvitationToken(token);
  const invitation = await identity.transaction((tx) => findInvitationByToken(tx, tokenHash));
  if (invitation === null)
    throw new Refusal('token_expired', 'This invitation has expired. Ask for a new one.');
  if (invitation.tenant.removesAt !== null)
    throw new Refusal(
      'conflict',
      `${invitation.tenant.name} is about to be deleted. Nobody can join it now.`,
    );
  return invitation;
}

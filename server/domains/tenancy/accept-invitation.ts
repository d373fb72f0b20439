import { randomUUID } from 'node:crypto';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';
import { violatedConstraint } from '../../database/violated-constraint.ts';
import { Refusal } from '../../refusal.ts';
import { createUser } from '../accounts/create-user.ts';
import { noteAddressReached } from '../accounts/note-address-reached.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { tokenHash } from '../accounts/token-hash.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { invitationExpired } from './invitation-expired.ts';
import { type FoundInvitation, takeInvitation } from './invitation-rows.ts';
import { insertMember } from './member-rows.ts';
import { openInvitation } from './open-invitation.ts';
import { type Invitee, recognizeInvitee } from './recognize-invitee.ts';

type Acceptance = { token: string; name?: string | undefined; password?: string | undefined };
type SignedInAs = { sessionId: string; user: { id: string; name: string; email: string } };
type From = { ipAddress: string | null; userAgent: string | null };

/**
 * Makes who holds an invitation's token a member, with an account whose address is known to be theirs: the token came to it. It is
 * used up; of many who try at once one joins.
 *
 * @param signedInAs by the session that asks, which gets a new token; without one there is a new session
 * @returns the organization, and the cookie of a session that is for it
 * @throws Refusal `token_expired`, `conflict`, `invalid_credentials`, `invalid_input`
 */
export async function acceptInvitation(
  services: { identity: Identity; sessions: Sessions },
  signedInAs: SignedInAs | null,
  input: Acceptance,
  from: From,
): Promise<{ tenant: TenantName; setCookie: string }> {
  const { identity, sessions } = services;
  const invitation = await openInvitation(identity, input.token);
  const { id: tenantId, name, slug } = invitation.tenant;
  const invitee = await recognizeInvitee(identity, invitation.email, signedInAs?.user ?? null, input);
  try {
    const { userId, rotated } = await identity.transactionIn(tenantId, async (tx) => {
      if (!(await takeInvitation(tx, { tenantId, id: invitation.id }, tokenHash(input.token))))
        throw invitationExpired();
      const joined = await join(tx, invitation, invitee, from);
      if (signedInAs === null) return { userId: joined, rotated: null };
      return { userId: joined, rotated: await sessions.rotate(tx, signedInAs.sessionId, { tenantId }) };
    });
    const { setCookie } = rotated ?? (await sessions.create(userId, { tenantId, ...from }));
    return { tenant: { id: tenantId, name, slug }, setCookie };
  } catch (error) {
    const constraint = violatedConstraint(error);
    // The address got an account in this very instant: look again, and ask for its password.
    if (constraint === 'users_email') return acceptInvitation(services, signedInAs, input, from);
    if (constraint === 'members_tenant_id_user_id_pk')
      throw new Refusal('conflict', `You belong to ${name} already.`);
    throw error;
  }
}

async function join(
  tx: Transaction,
  { tenant, email, role }: FoundInvitation,
  invitee: Invitee,
  from: From,
): Promise<string> {
  const userId = invitee.isNew ? randomUUID() : invitee.userId;
  const { name } = invitee;
  if (invitee.isNew) await createUser(tx, { id: userId, email, name, passwordHash: invitee.passwordHash });
  await noteAddressReached(tx, userId, email);
  await insertMember(tx, { tenantId: tenant.id, userId, role, name, email });
  await writeAudit(tx, {
    tenantId: tenant.id,
    actor: { kind: 'user', id: userId, name, address: from.ipAddress },
    action: 'member.joined',
    subject: { kind: 'member', id: userId, name },
    before: {},
    after: { email, role },
  });
  return userId;
}

import { randomUUID } from 'node:crypto';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';
import { violatedConstraint } from '../../database/violated-constraint.ts';
import { Refusal } from '../../refusal.ts';
import { createUser } from '../accounts/create-user.ts';
import { lockAccount } from '../accounts/lock-account.ts';
import { noteAddressReached } from '../accounts/note-address-reached.ts';
import type { AskingSession, Sessions } from '../accounts/sessions.ts';
import { tokenHash } from '../accounts/token-hash.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { closedToJoiners } from './closed-to-joiners.ts';
import { invitationExpired } from './invitation-expired.ts';
import { type FoundInvitation, takeInvitation } from './invitation-rows.ts';
import { insertMember } from './member-rows.ts';
import { openInvitation } from './open-invitation.ts';
import { readRemoval } from './read-removal.ts';
import { type Invitee, recognizeInvitee } from './recognize-invitee.ts';
import { refuseMemberBeyondPlan } from './refuse-member-beyond-plan.ts';

type Acceptance = { token: string; name?: string | undefined; password?: string | undefined };
type SignedInAs = AskingSession & { user: { id: string; name: string; email: string } };
type From = { ipAddress: string | null; userAgent: string | null };

/**
 * Makes who holds an invitation's token a member, with an account whose address is known to be theirs: the token came to it. It is
 * used up; of many who try at once one joins.
 *
 * @param signedInAs by the session that asks, which gets a new token; without one there is a new session
 * @returns the organization, and the cookie of a session that is for it
 * @throws Refusal `token_expired`, `conflict`, `plan_limit_reached`, `invalid_credentials`, `invalid_input`
 */
export async function acceptInvitation(
  services: { identity: Identity; sessions: Sessions },
  signedInAs: SignedInAs | null,
  input: Acceptance,
  from: From,
): Promise<{ tenant: TenantName; setCookie: string | null }> {
  const { identity, sessions } = services;
  const invitation = await openInvitation(identity, input.token);
  const { id: tenantId, name, slug } = invitation.tenant;
  const invitee = await recognizeInvitee(identity, invitation.email, signedInAs?.user ?? null, input);
  try {
    const { setCookie } = await identity.transactionIn(tenantId, async (tx) => {
      // First, as whoever invites does: the organization before its invitation.
      await refuseMemberBeyondPlan(tx, tenantId);
      if ((await readRemoval(tx, tenantId)) !== 'none') throw closedToJoiners(name);
      if (!(await takeInvitation(tx, { tenantId, id: invitation.id }, tokenHash(input.token))))
        throw invitationExpired();
      const userId = await join(tx, invitation, invitee, from);
      if (signedInAs === null) return sessions.create(tx, userId, { tenantId, ...from });
      return sessions.rotate(tx, signedInAs, { tenantId });
    });
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
  const { userId, name } = invitee.isNew
    ? await begin(tx, email, invitee)
    : await recognizeAgain(tx, email, invitee);
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

type New = Extract<Invitee, { isNew: true }>;
type Known = Exclude<Invitee, New>;
type Person = { userId: string; name: string };

async function begin(tx: Transaction, email: string, { name, passwordHash }: New): Promise<Person> {
  const userId = randomUUID();
  await createUser(tx, { id: userId, email, name, passwordHash });
  return { userId, name };
}

/** Called as they are now: whoever changes that, or the address, waits until they have joined. */
async function recognizeAgain(tx: Transaction, email: string, known: Known): Promise<Person> {
  const { userId, passwordHash } = known;
  const account = await lockAccount(tx, userId);
  const isTheSame =
    account?.email === email && (passwordHash === undefined || passwordHash === account.passwordHash);
  if (!isTheSame)
    throw new Refusal('conflict', 'Your account was changed in this moment. Open the link again.');
  return { userId, name: account.name };
}

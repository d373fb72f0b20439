import type { InvitationShown } from '../../../shared/tenancy/member.ts';
import type { Identity } from '../../database/identity.ts';
import { findAccount } from '../accounts/find-account.ts';
import { openInvitation } from './open-invitation.ts';

/** What the page of an invitation shows to who holds its token. @throws Refusal `token_expired`, `conflict` */
export async function showInvitation(identity: Identity, token: string): Promise<InvitationShown> {
  const { tenant, email, role, invitedByName, expiresAt } = await openInvitation(identity, token);
  const hasAccount = (await findAccount(identity, email)) !== null;
  return {
    tenant: { name: tenant.name, slug: tenant.slug },
    email,
    role,
    invitedByName,
    expiresAt,
    hasAccount,
  };
}

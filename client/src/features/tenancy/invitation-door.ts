import type { Me } from '../../../../shared/tenancy/identity.ts';
import type { InvitationShown } from '../../../../shared/tenancy/member.ts';

/**
 * How whoever opened an invitation gets in: with a new account, with the password of theirs, with one press of a button. Who is
 * signed in as `someone_else` has to leave first, and a `member` is in already.
 */
export type InvitationDoor = 'new_account' | 'password' | 'join' | 'someone_else' | 'member';

/** @param me who is signed in in this browser, null for nobody */
export function invitationDoor(
  invitation: Pick<InvitationShown, 'email' | 'hasAccount' | 'tenant'>,
  me: Pick<Me, 'user' | 'memberships'> | null,
): InvitationDoor {
  if (me === null) return invitation.hasAccount ? 'password' : 'new_account';
  if (me.user.email !== invitation.email) return 'someone_else';
  return me.memberships.some(({ tenant }) => tenant.slug === invitation.tenant.slug) ? 'member' : 'join';
}

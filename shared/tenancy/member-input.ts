import * as v from 'valibot';
import { personNameSchema } from '../accounts/account-input.ts';
import { emailSchema } from '../accounts/email-schema.ts';
import { tokenSchema } from '../accounts/token.ts';
import { ROLES } from './role.ts';

const roleSchema = v.picklist(ROLES, `Choose one of ${ROLES.join(', ')}.`);
const userIdSchema = v.pipe(v.string(), v.uuid('This is no id of a person.'));
const invitationIdSchema = v.pipe(v.string(), v.uuid('This is no id of an invitation.'));

/** What `members.invite` takes. Inviting an address again replaces the former invitation, and sends a new mail. */
export const inviteMemberInput = v.object({ email: emailSchema, role: roleSchema });
/** What `members.changeRole` takes. */
export const changeRoleInput = v.object({ userId: userIdSchema, role: roleSchema });
/** What `members.remove` and `members.transferOwnership` take. */
export const memberInput = v.object({ userId: userIdSchema });
/** What `invitations.withdraw` takes. */
export const invitationInput = v.object({ invitationId: invitationIdSchema });
/** What `invitations.get` takes. */
export const invitationTokenInput = v.object({ token: tokenSchema });

/**
 * What `invitations.accept` takes. Nothing but the token from someone who is signed in with the invited address; the password
 * of the account where there is one; a name and a new password, which must keep the rules, where there is none.
 */
export const acceptInvitationInput = v.object({
  token: tokenSchema,
  name: v.optional(personNameSchema),
  password: v.optional(v.pipe(v.string(), v.maxLength(1000, 'Use 1,000 characters at most.'))),
});

import type { Role } from '../../../shared/tenancy/role.ts';
import { mailLink } from './mail-link.ts';
import { quotedName } from './quoted-name.ts';
import type { Mail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

/** What each role may do, as the one who is asked to take it wants to know. */
const MAY: Record<Role, string> = {
  owner: 'As an owner you may do everything there, its plan and its members included.',
  admin: 'As an admin you may change everything there but its owners.',
  member: 'As a member you may add and change what is watched.',
  viewer: 'As a viewer you may see everything, and change nothing.',
};

/** Asks somebody to join an organization. @param token of the invitation, raw; the link with it works as long as that */
export function invitationMessage(
  invitation: { organizationName: string; invitedByName: string; role: Role; token: string },
  publicUrl: URL,
): Omit<Mail, 'to'> {
  const organization = quotedName(invitation.organizationName);
  const inviter = quotedName(invitation.invitedByName);
  return writeMail(
    {
      subject: `Invitation to ${organization} at StatusWatch`,
      paragraphs: [
        `${inviter} invites you to the organization ${organization} at StatusWatch, which watches web endpoints and says when one breaks.`,
        MAY[invitation.role],
      ],
      action: {
        label: 'See the invitation',
        url: mailLink(publicUrl, '/invitation', invitation.token),
        note: 'You need an account with this email address; if you have none yet, you can make one there.',
      },
      closing: ['If you do not know who this is, do nothing: without you nothing happens.'],
    },
    publicUrl,
  );
}

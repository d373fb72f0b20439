import type { Role } from '../../../shared/tenancy/role.ts';
import { roleSentence } from '../../../shared/tenancy/role-words.ts';
import { mailLink } from './mail-link.ts';
import { quotedName } from './quoted-name.ts';
import type { Mail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

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
        roleSentence(invitation.role),
      ],
      action: {
        label: 'See the invitation',
        url: mailLink(publicUrl, '/invitation', invitation.token),
        note: 'The link works for a day, once. You join with an account of this email address; if you have none yet, you make it there.',
      },
      closing: ['If you do not know who this is, do nothing: without you nothing happens.'],
    },
    publicUrl,
  );
}

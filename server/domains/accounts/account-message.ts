import type { TokenPurpose } from '../../../shared/accounts/token.ts';
import { mailLink } from '../mail/mail-link.ts';
import type { Mail } from '../mail/send-mail.ts';
import { type MailContent, writeMail } from '../mail/write-mail.ts';

/** Which mail about an account, and what it has to say. */
export type AccountMessage =
  | { kind: TokenPurpose; token: string }
  | { kind: 'email_changed'; newEmail: string }
  | { kind: 'password_changed' }
  | { kind: 'registration_refused' };

/** The words of each mail about an account. None repeats what its person is called: anybody can type anybody's address. */
export function accountMessage(message: AccountMessage, publicUrl: URL): Omit<Mail, 'to'> {
  return writeMail(contentOf(message, publicUrl), publicUrl);
}

function contentOf(message: AccountMessage, publicUrl: URL): MailContent {
  const forgotPassword = new URL('/forgot-password', publicUrl).href;
  switch (message.kind) {
    case 'verify_email':
      return {
        subject: 'Verify your email address',
        paragraphs: [
          'Somebody registered at StatusWatch with this address. If it was you, say that the address is yours: until then it gets mails like this one, and no alerts.',
        ],
        action: {
          label: 'Verify this address',
          url: mailLink(publicUrl, '/verify-email', message.token),
          note: 'The link works for a day, once.',
        },
        closing: ['If it was not you, you need do nothing.'],
      };
    case 'reset_password':
      return {
        subject: 'Choose a new password',
        paragraphs: [
          'Somebody asked for a new password for the StatusWatch account with this address. Choosing one signs every device out.',
        ],
        action: {
          label: 'Choose a new password',
          url: mailLink(publicUrl, '/reset-password', message.token),
          note: 'The link works for an hour, once.',
        },
        closing: ['If it was not you, you need do nothing: your password stays as it is.'],
      };
    case 'change_email':
      return {
        subject: 'Confirm your new email address',
        paragraphs: [
          'Somebody who has an account at StatusWatch asked to use this address for it from now on.',
        ],
        action: {
          label: 'Use this address',
          url: mailLink(publicUrl, '/confirm-email', message.token),
          note: 'The link works for a day, once.',
        },
        closing: ['If it was not you, you need do nothing: then nothing changes.'],
      };
    case 'email_changed':
      return {
        subject: 'Your email address was changed',
        paragraphs: [
          `Your StatusWatch account has a new email address: ${message.newEmail}. From now on you sign in with it, and mails go there. This is the last one to this address.`,
        ],
        closing: [
          `If it was not you, somebody else is in your account: tell whoever runs ${publicUrl.host}, and the other owners of your organization, at once.`,
        ],
      };
    case 'password_changed':
      return {
        subject: 'Your password was changed',
        paragraphs: [
          'The password of your StatusWatch account was changed, and every other device was signed out.',
          'If it was you, you need do nothing.',
        ],
        action: { label: 'It was not me: choose a new password', url: forgotPassword },
        closing: [],
      };
    case 'registration_refused':
      return {
        subject: 'You have an account already',
        paragraphs: [
          'Somebody tried to register an organization at StatusWatch with this address. It belongs to an account already, and the password was not that account’s: nothing was made.',
          'If it was you, register again with your account’s password: the organization becomes yours beside those you have. If you forgot it, choose a new one first.',
        ],
        action: { label: 'Choose a new password', url: forgotPassword },
        closing: ['If it was not you, you need do nothing.'],
      };
    default:
      return message satisfies never;
  }
}

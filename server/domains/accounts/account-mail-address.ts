import type { AccountMailJob } from './queue-account-mail.ts';
import type { UserRow } from './user-rows.ts';

/**
 * Where a mail about an account goes; null when it is not for anybody any more. News go to a verified address alone. Of what
 * reaches others, each answers a person who just gave that address: docs/decisions/0009-mails-to-unverified-addresses.md.
 */
export function accountMailAddress(kind: AccountMailJob['kind'], user: UserRow): string | null {
  const isVerified = user.emailVerifiedAt !== null;
  switch (kind) {
    case 'verify_email':
      return isVerified ? null : user.email;
    case 'reset_password':
    case 'registration_refused':
      return user.email;
    case 'change_email':
      return user.pendingEmail;
    case 'email_changed':
      return user.previousEmail;
    case 'password_changed':
      return isVerified ? user.email : null;
    default:
      return kind satisfies never;
  }
}

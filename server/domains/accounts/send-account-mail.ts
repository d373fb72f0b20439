import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { sendMail } from '../mail/send-mail.ts';
import { accountMailAddress } from './account-mail-address.ts';
import { type AccountMessage, accountMessage } from './account-message.ts';
import { forgetPreviousEmail } from './address-rows.ts';
import { mintToken } from './mint-token.ts';
import type { AccountMailJob } from './queue-account-mail.ts';
import { findUserById, type UserRow } from './user-rows.ts';

/**
 * Sends a mail about an account, if by now there is still somebody to send it to. Its token is made here, so that no queue
 * holds one; a further try makes another.
 */
export async function sendAccountMail(
  services: { identity: Identity; mailer: Mailer; config: { publicUrl: URL } },
  { kind, userId }: AccountMailJob,
): Promise<void> {
  if (userId === null) return;
  const { identity, mailer, config } = services;
  const prepared = await identity.transaction(async (tx) => {
    const user = await findUserById(tx, userId);
    const to = user === null ? null : accountMailAddress(kind, user);
    return user === null || to === null ? null : { to, message: await messageOf(tx, kind, user, to) };
  });
  if (prepared === null) return;
  const { to, message } = prepared;
  await sendMail(mailer, { to, ...accountMessage(message, config.publicUrl) });
  if (kind === 'email_changed') await identity.transaction((tx) => forgetPreviousEmail(tx, userId, to));
}

async function messageOf(
  tx: Transaction,
  kind: AccountMailJob['kind'],
  user: UserRow,
  to: string,
): Promise<AccountMessage> {
  switch (kind) {
    case 'verify_email':
    case 'reset_password':
    case 'change_email':
      return { kind, token: await mintToken(tx, { purpose: kind, userId: user.id, email: to }) };
    case 'email_changed':
      return { kind, newEmail: user.email };
    case 'password_changed':
    case 'registration_refused':
      return { kind };
    default:
      return kind satisfies never;
  }
}

import type { Identity } from '../../database/identity.ts';
import type { Transaction } from '../../database/transaction.ts';
import { FailedForGood } from '../../jobs/failed-for-good.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import type { Logger } from '../../log.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { sendMail } from '../mail/send-mail.ts';
import { accountMailAddress } from './account-mail-address.ts';
import { ACCOUNT_MAIL_LIMITS } from './account-mail-limits.ts';
import { type AccountMessage, accountMessage } from './account-message.ts';
import { forgetPreviousEmail } from './address-rows.ts';
import { mintToken } from './mint-token.ts';
import type { AccountMailJob } from './queue-account-mail.ts';
import { holdUser, type UserRow } from './user-rows.ts';

type Needed = {
  identity: Identity;
  mailer: Mailer;
  rateLimits: RateLimits;
  config: { publicUrl: URL };
  log: Logger;
};

/**
 * Sends a mail about an account, if by now there is still somebody to send it to. Its token is made here, so that no queue
 * holds one; a further try makes another.
 *
 * @throws FailedForGood when its address takes no mail; anything else when it may be tried again
 */
export async function sendAccountMail(services: Needed, { kind, userId }: AccountMailJob): Promise<void> {
  if (userId === null) return;
  const limit = ACCOUNT_MAIL_LIMITS[kind];
  if (limit !== undefined && (await services.rateLimits.take(limit, [userId])) !== null) {
    services.log.warn({ event: 'mail.held_back', kind, userId }, 'too many mails of a kind to one account');
    return;
  }
  try {
    await send(services, kind, userId);
  } catch (error) {
    // It was counted, and nobody got it.
    if (limit !== undefined) await services.rateLimits.giveBack(limit, [userId]);
    throw error;
  }
}

async function send(
  { identity, mailer, config }: Needed,
  kind: AccountMailJob['kind'],
  userId: string,
): Promise<void> {
  const prepared = await identity.transaction(async (tx) => {
    const user = await holdUser(tx, userId);
    const to = user === null ? null : accountMailAddress(kind, user);
    return user === null || to === null ? null : { to, message: await messageOf(tx, kind, user, to) };
  });
  if (prepared === null) return;
  const { to, message } = prepared;
  const forgetIt = async () => {
    if (kind === 'email_changed') await identity.transaction((tx) => forgetPreviousEmail(tx, userId, to));
  };
  try {
    await sendMail(mailer, { to, ...accountMessage(message, config.publicUrl) });
  } catch (error) {
    if (error instanceof FailedForGood) await forgetIt();
    throw error;
  }
  await forgetIt();
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

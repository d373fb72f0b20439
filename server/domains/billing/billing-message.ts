import { PLANS } from '../../../shared/billing/plans.ts';
import { quotedName } from '../mail/quoted-name.ts';
import type { Mail } from '../mail/send-mail.ts';
import { writeMail } from '../mail/write-mail.ts';

/** Which mail about a subscription, and what it has to say. */
export type BillingMessage =
  | { kind: 'payment_failed'; graceEndsAt: Date }
  /** `unpaid`: a payment was missing for too long; otherwise the subscription has ended. */
  | { kind: 'plan_lost'; unpaid: boolean }
  | { kind: 'canceled'; endsAt: Date };

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * The words of each mail about a subscription.
 *
 * @param about the organization's name, as its people wrote it, and its page about billing
 */
export function billingMessage(
  message: BillingMessage,
  about: { organizationName: string; billingUrl: string },
  publicUrl: URL,
): Omit<Mail, 'to'> {
  const organization = quotedName(about.organizationName);
  const url = about.billingUrl;
  const { monitors, minimumIntervalSeconds, regions } = PLANS.free;
  const free = `The Free plan checks ${monitors} monitors, every ${minimumIntervalSeconds} seconds at most, from ${regions} region.`;
  switch (message.kind) {
    case 'payment_failed':
      return writeMail(
        {
          subject: `A payment for ${organization} failed`,
          paragraphs: [
            `The payment for ${organization} at StatusWatch did not go through. Nothing changes yet: its monitors go on as before, and the payment will be tried again.`,
            `If it is still missing on ${day.format(message.graceEndsAt)}, ${organization} goes back to the Free plan, and monitors beyond its limit are paused. Nothing is deleted.`,
          ],
          action: {
            label: 'See the payment',
            url,
            note: 'There you can pay it, or give another card. An owner or an admin can do that.',
          },
          closing: [],
        },
        publicUrl,
      );
    case 'plan_lost':
      return writeMail(
        {
          subject: `${organization} is on the Free plan now`,
          paragraphs: [
            message.unpaid
              ? `The payment for ${organization} that failed was not made in time, so it is no longer on Pro.`
              : `The subscription of ${organization} has ended, so it is no longer on Pro.`,
            `${free} If there are more, the newest are paused; each is still there with its history.`,
          ],
          action: {
            label: message.unpaid ? 'See the payment' : 'See the plans',
            url,
            note: 'Once it is on Pro again, just these monitors go on by themselves.',
          },
          closing: [],
        },
        publicUrl,
      );
    case 'canceled':
      return writeMail(
        {
          subject: `${organization} is on Pro until ${day.format(message.endsAt)}`,
          paragraphs: [
            `The subscription of ${organization} at StatusWatch was cancelled. Until ${day.format(message.endsAt)} all stays as it is, and nothing more is charged.`,
            `After that it is on the Free plan. ${free} If there are more, the newest are paused. Nothing is deleted.`,
          ],
          action: {
            label: 'See the subscription',
            url,
            note: 'Until that day an owner or an admin can take it back there.',
          },
          closing: [],
        },
        publicUrl,
      );
    default:
      return message satisfies never;
  }
}

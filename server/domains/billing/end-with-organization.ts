import Stripe from 'stripe';
import type { Logger } from '../../log.ts';
import { askStripe, type BillingCause } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { endOpenCheckouts } from './end-open-checkouts.ts';
import { takeBack } from './take-back.ts';

/** Stands at a subscription that was cancelled since its organization is to be deleted: whatever else was cancelled stays so. */
const FOR_REMOVAL = 'cancelled_for_removal';

type Doing = [stripe: StripeAccess, log: Logger, cause: BillingCause, customerId: string];

/** Cancels what is paid for to its period's end, and says for what; no checkout is left open. Done twice, it is done once. */
export function cancelForRemoval(...[{ client }, log, cause, customerId]: Doing): Promise<void> {
  return askStripe(log, cause, async () => {
    await endOpenCheckouts(client, customerId);
    for (const { id, cancel_at, cancel_at_period_end } of await notEnded(client, customerId)) {
      if (cancel_at !== null || cancel_at_period_end) continue;
      await client.subscriptions.update(id, {
        cancel_at_period_end: true,
        metadata: { [FOR_REMOVAL]: 'yes' },
      });
    }
  });
}

/** Has go on what was cancelled for the deletion. */
export function resumeAfterRemoval(...[{ client }, log, cause, customerId]: Doing): Promise<void> {
  return askStripe(log, cause, async () => {
    for (const { id, metadata } of await notEnded(client, customerId)) {
      if (metadata[FOR_REMOVAL] === undefined) continue;
      await takeBack(client, id);
      await client.subscriptions.update(id, { metadata: { [FOR_REMOVAL]: '' } });
    }
  });
}

/** Ends at once whatever the customer still pays for, and leaves nothing that could be paid. */
export function endForGood(...[{ client }, log, cause, customerId]: Doing): Promise<void> {
  return askStripe(log, cause, async () => {
    await endOpenCheckouts(client, customerId);
    for (const { id } of await notEnded(client, customerId)) {
      try {
        await client.subscriptions.cancel(id);
      } catch (error) {
        if (!isMissing(error)) throw error; // it has ended in this very instant
      }
    }
  });
}

/** None of a customer that somebody deleted at Stripe. */
async function notEnded(client: Stripe, customer: string): Promise<Stripe.Subscription[]> {
  if ((await client.customers.retrieve(customer)).deleted) return [];
  return client.subscriptions.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
}

const isMissing = (error: unknown) =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

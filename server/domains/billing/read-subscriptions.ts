import Stripe from 'stripe';
import type { SubscriptionFacts } from '../../../shared/billing/subscription-state.ts';
import type { Logger } from '../../log.ts';
import { askStripe, type BillingCause } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';

/** A subscription as Stripe has it now. */
export type StripeSubscription = Omit<SubscriptionFacts, 'pastDueSince'> & { id: string; createdAt: Date };

/** More than a customer ever has who comes and goes. */
const MOST = 1000;

/**
 * All subscriptions that a customer has or had, as Stripe has them now. A customer that somebody deleted there has none; one that
 * was never there is a fault of ours (another account's key, say), and takes nobody's plan away.
 *
 * @throws Refusal `billing_unavailable`
 */
export function readSubscriptions(
  { client }: StripeAccess,
  log: Logger,
  cause: BillingCause,
  customerId: string,
): Promise<StripeSubscription[]> {
  return askStripe(log, cause, async () => {
    try {
      const found = await client.subscriptions
        .list({ customer: customerId, status: 'all', limit: 100 })
        .autoPagingToArray({ limit: MOST });
      return found.map(toFacts);
    } catch (error) {
      if (isMissing(error) && (await client.customers.retrieve(customerId)).deleted) return [];
      throw error;
    }
  });
}

/**
 * Every subscription at Stripe that has not ended, by its customer.
 *
 * @throws Refusal `billing_unavailable`
 */
export function readAllSubscriptions(
  { client }: StripeAccess,
  log: Logger,
): Promise<Map<string, StripeSubscription[]>> {
  return askStripe(log, {}, async () => {
    const found = new Map<string, StripeSubscription[]>();
    for await (const subscription of client.subscriptions.list({ limit: 100 })) {
      const { customer } = subscription;
      const customerId = typeof customer === 'string' ? customer : customer.id;
      found.set(customerId, [...(found.get(customerId) ?? []), toFacts(subscription)]);
    }
    return found;
  });
}

const isMissing = (error: unknown) =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

const dateOf = (seconds: number) => new Date(seconds * 1000);

function toFacts(subscription: Stripe.Subscription): StripeSubscription {
  const { id, status, created, cancel_at, cancel_at_period_end, items } = subscription;
  // Periods are those of what is paid for, since subscriptions may mix them; here there is one price.
  const ends = items.data.map((item) => item.current_period_end);
  return {
    id,
    status,
    createdAt: dateOf(created),
    cancelAt: cancel_at === null ? null : dateOf(cancel_at),
    cancelAtPeriodEnd: cancel_at_period_end,
    currentPeriodEnd: ends.length === 0 ? null : dateOf(Math.min(...ends)),
  };
}

import type Stripe from 'stripe';
import type { SubscriptionFacts } from '../../../shared/billing/subscription-state.ts';

/** A subscription as Stripe has it now. */
export type StripeSubscription = Omit<SubscriptionFacts, 'pastDueSince'> & { id: string; createdAt: Date };

const dateOf = (seconds: number) => new Date(seconds * 1000);

/** What of a subscription decides what it is worth. */
export function subscriptionFacts(subscription: Stripe.Subscription): StripeSubscription {
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

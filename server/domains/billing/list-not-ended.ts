import type Stripe from 'stripe';

/** More than a customer ever has at once. */
const MOST = 1000;

/** What a customer pays for, or may pay for yet, as Stripe has it. */
export function listNotEnded(client: Stripe, customer: string): Promise<Stripe.Subscription[]> {
  return client.subscriptions.list({ customer, limit: 100 }).autoPagingToArray({ limit: MOST });
}

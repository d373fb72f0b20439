import type Stripe from 'stripe';

/**
 * Has a subscription go on that was cancelled. An end with the period and an end on a day are two ways to cancel, each taken back
 * in its own; older subscriptions say both.
 */
export async function takeBack(client: Stripe, id: string): Promise<void> {
  let subscription = await client.subscriptions.retrieve(id);
  if (subscription.cancel_at_period_end)
    subscription = await client.subscriptions.update(id, { cancel_at_period_end: false });
  if (subscription.cancel_at !== null) await client.subscriptions.update(id, { cancel_at: '' });
}

import Stripe from 'stripe';

/** As many as Stripe gives at once; a day has not so many, and older ones have ended by themselves. */
const MOST = 100;

/**
 * Ends a customer's checkouts that are still open, so that none is paid beside the one that is to follow. What was paid or ended by
 * itself in this very instant is no longer open, and needs no end.
 *
 * @returns the id of the newest checkout there was; null when there was none
 */
export async function endOpenCheckouts(client: Stripe, customerId: string): Promise<string | null> {
  const { data } = await client.checkout.sessions.list({ customer: customerId, limit: MOST });
  for (const { id, status } of data) {
    if (status !== 'open') continue;
    try {
      await client.checkout.sessions.expire(id);
    } catch (error) {
      const isRefused = error instanceof Stripe.errors.StripeInvalidRequestError;
      if (!isRefused || (await client.checkout.sessions.retrieve(id)).status === 'open') throw error;
    }
  }
  return data[0]?.id ?? null;
}

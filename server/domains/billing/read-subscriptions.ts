import type { Logger } from '../../log.ts';
import { askStripe, type BillingCause } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { isMissing } from './is-missing.ts';
import { type StripeSubscription, subscriptionFacts } from './subscription-facts.ts';

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
      return found.map(subscriptionFacts);
    } catch (error) {
      if (isMissing(error) && (await client.customers.retrieve(customerId)).deleted) return [];
      throw error;
    }
  });
}

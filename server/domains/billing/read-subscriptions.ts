import type { Logger } from '../../log.ts';
import { askStripe, type BillingCause } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { isMissing } from './is-missing.ts';
import { type StripeSubscription, subscriptionFacts } from './subscription-facts.ts';

/** More than a customer ever has who comes and goes. */
const MOST = 1000;
/**
 * One of several jobs that were taken together must not hold up the others for long: two tries of five seconds, and half a second
 * between them. What fails then is tried again by its job.
 */
const PATIENCE = { timeout: 5000, maxNetworkRetries: 1 };

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
        .list({ customer: customerId, status: 'all', limit: 100 }, PATIENCE)
        .autoPagingToArray({ limit: MOST });
      return found.map(subscriptionFacts);
    } catch (error) {
      if (isMissing(error) && (await client.customers.retrieve(customerId, {}, PATIENCE)).deleted) return [];
      throw error;
    }
  });
}

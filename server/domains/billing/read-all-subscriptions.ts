import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { type StripeSubscription, subscriptionFacts } from './subscription-facts.ts';

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
      found.set(customerId, [...(found.get(customerId) ?? []), subscriptionFacts(subscription)]);
    }
    return found;
  });
}

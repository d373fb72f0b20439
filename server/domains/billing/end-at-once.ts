import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { endOpenCheckouts } from './end-open-checkouts.ts';
import { isMissing } from './is-missing.ts';
import { listNotEnded } from './list-not-ended.ts';

/** Ends whatever a customer still pays for, and leaves no page where more could be bought. @throws Refusal `billing_unavailable` */
export function endAtOnce(
  { stripe: { client }, log }: { stripe: StripeAccess; log: Logger },
  { tenantId, customerId }: { tenantId: string; customerId: string },
): Promise<void> {
  return askStripe(log, { tenantId }, async () => {
    // Whom somebody deleted at Stripe pays for nothing there.
    if ((await client.customers.retrieve(customerId)).deleted) return;
    // First the pages: what was paid there until now is among the subscriptions then.
    await endOpenCheckouts(client, customerId);
    for (const { id } of await listNotEnded(client, customerId)) {
      try {
        await client.subscriptions.cancel(id);
      } catch (error) {
        // It may have ended in this very instant.
        if (!isMissing(error)) throw error;
      }
    }
  });
}

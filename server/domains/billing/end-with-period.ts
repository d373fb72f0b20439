import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { endOpenCheckouts } from './end-open-checkouts.ts';
import { listNotEnded } from './list-not-ended.ts';
import { takeBack } from './take-back.ts';

/** Stands at a subscription that was cancelled since its organization is to be deleted: whatever else was cancelled stays so. */
const FOR_REMOVAL = 'cancelled_for_removal';

/**
 * Has what an organization pays for end with its period, as long as that organization is to be deleted; no checkout is left open.
 * Done twice, it is done once.
 *
 * @param ends false: it is not to be deleted any more, and what was cancelled for that goes on
 * @throws Refusal `billing_unavailable`
 */
export function endWithPeriod(
  { stripe: { client }, log }: { stripe: StripeAccess; log: Logger },
  { tenantId, customerId }: { tenantId: string; customerId: string },
  ends: boolean,
): Promise<void> {
  return askStripe(log, { tenantId }, async () => {
    // Whom somebody deleted at Stripe pays for nothing there.
    if ((await client.customers.retrieve(customerId)).deleted) return;
    if (ends) await endOpenCheckouts(client, customerId);
    for (const { id, metadata, cancel_at, cancel_at_period_end } of await listNotEnded(client, customerId)) {
      const isCancelled = cancel_at !== null || cancel_at_period_end;
      if (ends && !isCancelled)
        await client.subscriptions.update(id, {
          cancel_at_period_end: true,
          metadata: { [FOR_REMOVAL]: 'yes' },
        });
      if (!ends && metadata[FOR_REMOVAL] !== undefined) {
        await takeBack(client, id);
        await client.subscriptions.update(id, { metadata: { [FOR_REMOVAL]: '' } });
      }
    }
  });
}

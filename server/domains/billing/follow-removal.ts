import { readRemoval } from '../tenancy/read-removal.ts';
import type { StripeAccess } from './create-stripe.ts';
import { cancelForRemoval, endForGood, resumeAfterRemoval } from './end-with-organization.ts';
import { deleteSubscription, readSubscription } from './subscription-rows.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

export type RemovalNeeds = Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null };

/** Each turn follows one more change of mind: so many in the time that Stripe needs to answer are not meant. */
const MOST_TURNS = 10;

/**
 * Does to a subscription what the organization's deletion asks for: while that waits it is cancelled to its period's end, taken back
 * it goes on if it was cancelled for that, and once the organization is gone it ends at once, and nothing is left of it here. What
 * is true is looked at again after Stripe was asked, so that whichever job comes last leaves all as it should be.
 */
export async function followRemoval({ stripe, ...services }: RemovalNeeds, tenantId: string): Promise<void> {
  const { tenant, log } = services;
  const read = () =>
    tenant(tenantId).transaction(async (tx) => ({
      row: await readSubscription(tx, tenantId),
      removal: await readRemoval(tx, tenantId),
    }));
  let { row, removal } = await read();
  for (let turn = 1; row !== null; turn++) {
    if (turn > MOST_TURNS)
      throw new Error(`The deletion of ${tenantId} changed ${MOST_TURNS} times in a row.`);
    const done = removal;
    const customerId = row.stripeCustomerId;
    if (stripe === null) {
      if (done !== 'done') return;
      log.warn(
        { event: 'billing.customer_left', tenantId, stripeCustomerId: customerId },
        'payments are not set up any more: if this customer still pays, cancel that at Stripe',
      );
    } else {
      const cause = { tenantId };
      if (done === 'waiting') await cancelForRemoval(stripe, log, cause, customerId);
      if (done === 'none') await resumeAfterRemoval(stripe, log, cause, customerId);
      if (done === 'done') await endForGood(stripe, log, cause, customerId);
      else await syncSubscription({ ...services, stripe }, cause);
    }
    if (done === 'done') {
      await tenant(tenantId).transaction((tx) => deleteSubscription(tx, tenantId));
      log.info({ event: 'billing.forgotten', tenantId, stripeCustomerId: customerId }, 'customer forgotten');
      return;
    }
    ({ row, removal } = await read());
    if (removal === done) return;
  }
}

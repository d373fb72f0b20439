import { readRemoval } from '../tenancy/read-removal.ts';
import type { StripeAccess } from './create-stripe.ts';
import { endAtOnce } from './end-at-once.ts';
import { endWithPeriod } from './end-with-period.ts';
import { deleteSubscription, readSubscription } from './subscription-rows.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

type RemovalNeeds = Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null };

/** Each turn follows one more change of mind: so many in the time that Stripe needs to answer are not meant. */
const MOST_TURNS = 10;

/**
 * Does to a subscription what the organization's deletion asks for: while that waits it is cancelled to its period's end, taken back
 * it goes on if it was cancelled for that, and once the organization is gone it ends at once, and nothing is left of it here. What
 * is true is looked at again after Stripe was asked, so that whichever job comes last leaves all as it should be.
 */
export async function followRemoval({ stripe, ...services }: RemovalNeeds, tenantId: string): Promise<void> {
  const read = () =>
    services.tenant(tenantId).transaction(async (tx) => ({
      row: await readSubscription(tx, tenantId),
      removal: await readRemoval(tx, tenantId),
    }));
  let { row, removal } = await read();
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    if (row === null) return;
    const whose = { tenantId, customerId: row.stripeCustomerId };
    if (removal === 'done') return forget({ ...services, stripe }, whose);
    if (stripe === null) return;
    const followed = removal;
    await endWithPeriod({ ...services, stripe }, whose, followed === 'waiting');
    await syncSubscription({ ...services, stripe }, { tenantId });
    ({ row, removal } = await read());
    if (removal === followed) return;
  }
  throw new Error(`The deletion of ${tenantId} changed ${MOST_TURNS} times in a row.`);
}

/** Ends what the customer of an organization pays for that is gone, and deletes its row once that is done. */
async function forget(
  { stripe, tenant, log }: RemovalNeeds,
  whose: { tenantId: string; customerId: string },
): Promise<void> {
  const { tenantId, customerId: stripeCustomerId } = whose;
  if (stripe === null) {
    log.warn(
      { event: 'billing.customer_left', tenantId, stripeCustomerId },
      'payments are not set up any more: if this customer still pays, cancel that at Stripe',
    );
  } else {
    await endAtOnce({ stripe, log }, whose);
  }
  await tenant(tenantId).transaction((tx) => deleteSubscription(tx, tenantId));
  log.info({ event: 'billing.forgotten', tenantId, stripeCustomerId }, 'customer forgotten');
}

import type { ServerConfig } from '../../config.ts';
import type { Tenant } from '../../database/tenant.ts';
import { hostOrigin } from '../../host-origin.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { endOpenCheckouts } from './end-open-checkouts.ts';
import { findOrMakeCustomer } from './find-or-make-customer.ts';
import { refuseWhenSubscribed } from './refuse-when-subscribed.ts';
import { requireStripe } from './require-stripe.ts';
import { readSubscription } from './subscription-rows.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

type Needed = Omit<SyncNeeds, 'stripe' | 'config'> & { stripe: StripeAccess | null; config: ServerConfig };

/** Who wants to buy, and where their browser stands. */
export type Buyer = {
  email: string;
  organizationName: string;
  /** The organization of the host that is asked; null at `PUBLIC_URL`. */
  hostSlug: string | null;
};

/**
 * Opens a page at Stripe where a person buys Pro for an organization. Nothing is granted by it, nor by coming back from it: that is the
 * webhook's. Earlier pages that are still open are ended first, and then Stripe is asked whether one of them
 * was paid after all, so that nobody pays twice.
 *
 * @throws Refusal `already_subscribed`, `billing_not_configured`, `billing_unavailable`
 */
export async function startCheckout(
  services: Needed,
  tenant: Tenant,
  buyer: Buyer,
): Promise<{ url: string }> {
  const stripe = requireStripe(services.stripe);
  const { log } = services;
  const tenantId = tenant.id;
  await refuseWhenOnPro(tenant, buyer);
  const customer = await findOrMakeCustomer({ stripe, log }, tenant, buyer);
  const newest = await askStripe(log, { tenantId }, () => endOpenCheckouts(stripe.client, customer));
  await syncSubscription({ ...services, stripe }, { tenantId });
  await refuseWhenOnPro(tenant, buyer);

  const here = hostOrigin(services.config, buyer.hostSlug);
  const price = stripe.settings.proPriceId;
  // Of many who ask in the same instant all get the same page; who asks after it was made ends it, and gets another. The key changes
  // every ten minutes, or an answer that went wrong at Stripe would be given again for a day.
  const tenMinutes = new Date().toISOString().slice(0, 15);
  const idempotencyKey = [
    'checkout',
    customer,
    newest ?? 'first',
    price,
    buyer.hostSlug ?? '',
    tenMinutes,
  ].join(':');
  const session = await askStripe(log, { tenantId }, () =>
    stripe.client.checkout.sessions.create(
      {
        mode: 'subscription',
        customer,
        client_reference_id: tenantId,
        line_items: [{ price, quantity: 1 }],
        metadata: { tenantId },
        subscription_data: { metadata: { tenantId } },
        success_url: `${here}/billing/success`,
        cancel_url: `${here}/billing/cancel`,
      },
      { idempotencyKey },
    ),
  );
  if (session.url === null) throw new Error(`The checkout ${session.id} has no page.`);
  log.info({ event: 'billing.checkout_started', tenantId, checkoutId: session.id }, 'checkout started');
  return { url: session.url };
}

async function refuseWhenOnPro(tenant: Tenant, { organizationName }: Buyer): Promise<void> {
  const { plan, row } = await tenant.transaction(async (tx) => ({
    plan: await readPlan(tx, tenant.id),
    row: await readSubscription(tx, tenant.id),
  }));
  refuseWhenSubscribed(organizationName, plan, row);
}

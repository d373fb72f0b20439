import { afterAll } from 'vitest';
import { syncSubscription } from '../../server/domains/billing/sync-subscription.ts';
import type { ApiClient } from './api-client.ts';
import { openStripeDouble } from './stripe-double/open-stripe-double.ts';
import type { StripeDouble } from './stripe-double/stripe-double.ts';
import { openWorld, type World } from './world.ts';

export type BillingWorld = World & {
  stripe: StripeDouble;
  /** Has the server ask Stripe how an organization stands, as it does when it hears of something. */
  sync: (tenantId: string) => ReturnType<typeof syncSubscription>;
  /** Buys Pro as a person does: checkout, card, and the server hears of it. @returns the subscription's id */
  subscribe: (who: ApiClient, tenantId: string) => Promise<string>;
  customerOf: (tenantId: string) => Promise<string>;
};

/**
 * A world where Pro is sold, by a Stripe that is played. Its events go nowhere: what the server makes of them has tests of its own.
 *
 * @param options.environment laid over what the double asks for
 */
export async function openBillingWorld(
  options: { regions?: string[]; environment?: Record<string, string> } = {},
): Promise<BillingWorld> {
  const stripe = await openStripeDouble();
  const world = await openWorld({
    ...options,
    environment: { ...stripe.environment, ...options.environment },
  });
  afterAll(() => stripe.close());
  const { database, server } = world;

  const sync = (tenantId: string) => {
    const { services } = server;
    if (services.stripe === null) throw new Error('Nothing is sold here.');
    return syncSubscription({ ...services, stripe: services.stripe }, { tenantId });
  };
  return {
    ...world,
    stripe,
    sync,
    async subscribe(who, tenantId) {
      const { url } = await who.call('billing.startCheckout', { plan: 'pro' });
      const { id } = stripe.pay(url);
      await sync(tenantId);
      return id;
    },
    async customerOf(tenantId) {
      const [row] = await database.admin<{ id: string }>(
        'select stripe_customer_id as id from subscriptions where tenant_id = $1',
        [tenantId],
      );
      if (row === undefined) throw new Error(`${tenantId} has no customer.`);
      return row.id;
    },
  };
}

import type { BillingStatus } from '../../../shared/billing/billing-status.ts';
import type { Tenant } from '../../database/tenant.ts';
import { billingStatus } from './billing-status.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

/**
 * Asks Stripe at once how an organization's subscription stands, for who waits for word of a payment that got lost on its way.
 *
 * @throws Refusal `billing_not_configured`, `billing_unavailable`
 */
export async function refreshSubscription(
  services: Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null },
  tenant: Tenant,
): Promise<BillingStatus> {
  const stripe = requireStripe(services.stripe);
  await syncSubscription({ ...services, stripe }, { tenantId: tenant.id });
  return billingStatus(stripe, tenant);
}

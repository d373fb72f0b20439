import type { BillingStatus } from '../../../shared/billing/billing-status.ts';
import type { Tenant } from '../../database/tenant.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { askStripe } from './ask-stripe.ts';
import { billingStatus } from './billing-status.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { requireSubscription } from './require-subscription.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';
import { takeBack } from './take-back.ts';

/**
 * Has a subscription go on that somebody cancelled, here or in the portal, as long as it has not ended. Asked for twice, it is done
 * once.
 *
 * @throws Refusal `conflict` without a subscription, or once it has ended; `billing_not_configured`, `billing_unavailable`
 */
export async function resumeSubscription(
  services: Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null },
  tenant: Tenant,
  actor: Actor,
  organizationName: string,
): Promise<BillingStatus> {
  const stripe = requireStripe(services.stripe);
  const { log } = services;
  const tenantId = tenant.id;
  const row = await requireSubscription(tenant, organizationName);
  if (row.cancelAt !== null) {
    await askStripe(log, { tenantId }, () => takeBack(stripe.client, row.stripeSubscriptionId));
    await syncSubscription({ ...services, stripe }, { tenantId });
    await tenant.transaction((tx) =>
      writeAudit(tx, {
        tenantId,
        actor,
        action: 'subscription.resumed',
        subject: { kind: 'tenant', id: tenantId, name: organizationName },
        before: { cancelAt: row.cancelAt?.toISOString() ?? null },
        after: { cancelAt: null },
      }),
    );
  }
  return billingStatus(stripe, tenant);
}

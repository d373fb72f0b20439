import type { BillingStatus } from '../../../shared/billing/billing-status.ts';
import type { Tenant } from '../../database/tenant.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { askStripe } from './ask-stripe.ts';
import { billingStatus } from './billing-status.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { requireSubscription } from './require-subscription.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

/**
 * Has a subscription end with the period that is paid for; until then all stays as it is, and it can be resumed. Asked for twice, it
 * is done once.
 *
 * @throws Refusal `conflict` without a subscription; `billing_not_configured`, `billing_unavailable`
 */
export async function cancelSubscription(
  services: Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null },
  tenant: Tenant,
  actor: Actor,
  organizationName: string,
): Promise<BillingStatus> {
  const stripe = requireStripe(services.stripe);
  const { log } = services;
  const tenantId = tenant.id;
  const row = await requireSubscription(tenant, organizationName);
  if (row.cancelAt === null) {
    await askStripe(log, { tenantId }, () =>
      stripe.client.subscriptions.update(row.stripeSubscriptionId, { cancel_at_period_end: true }),
    );
    const after = await syncSubscription({ ...services, stripe }, { tenantId });
    await tenant.transaction((tx) =>
      writeAudit(tx, {
        tenantId,
        actor,
        action: 'subscription.canceled',
        subject: { kind: 'tenant', id: tenantId, name: organizationName },
        before: { cancelAt: null },
        after: { cancelAt: after?.cancelAt?.toISOString() ?? null },
      }),
    );
  }
  return billingStatus(stripe, tenant);
}

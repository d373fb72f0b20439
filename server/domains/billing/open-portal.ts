import type { ServerConfig } from '../../config.ts';
import type { Tenant } from '../../database/tenant.ts';
import { hostOrigin } from '../../host-origin.ts';
import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { requireSubscription } from './require-subscription.ts';

/**
 * Opens Stripe's own pages about an organization's subscription: cards, invoices, whom to write to. Whatever is changed there is heard
 * of through the webhook.
 *
 * @throws Refusal `conflict` without a subscription; `billing_not_configured`, `billing_unavailable`
 */
export async function openPortal(
  services: { stripe: StripeAccess | null; config: ServerConfig; log: Logger },
  tenant: Tenant,
  asking: { organizationName: string; hostSlug: string | null },
): Promise<{ url: string }> {
  const { client } = requireStripe(services.stripe);
  const { stripeCustomerId } = await requireSubscription(tenant, asking.organizationName);
  const { url } = await askStripe(services.log, { tenantId: tenant.id }, () =>
    client.billingPortal.sessions.create({
      customer: stripeCustomerId,
      return_url: `${hostOrigin(services.config, asking.hostSlug)}/billing`,
    }),
  );
  services.log.info({ event: 'billing.portal_opened', tenantId: tenant.id }, 'portal opened');
  return { url };
}

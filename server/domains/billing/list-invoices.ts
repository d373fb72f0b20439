import type Stripe from 'stripe';
import { INVOICE_STATUSES, type Invoice } from '../../../shared/billing/billing-status.ts';
import { isManageable } from '../../../shared/billing/subscription-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { readSubscription, type SubscriptionRow } from './subscription-rows.ts';

/** Two years of months. */
const MOST = 24;

/**
 * The organization's newest invoices, newest first, as Stripe has them; drafts, which may still change, are none.
 *
 * @throws Refusal `billing_not_configured`, `billing_unavailable`
 */
export async function listInvoices(
  services: { stripe: StripeAccess | null; log: Logger },
  tenant: Tenant,
): Promise<{ items: Invoice[] }> {
  const { client } = requireStripe(services.stripe);
  const row = await tenant.transaction((tx) => readSubscription(tx, tenant.id));
  if (row === null) return { items: [] };
  const { data } = await askStripe(services.log, { tenantId: tenant.id }, () =>
    client.invoices.list({ customer: row.stripeCustomerId, limit: MOST }),
  );
  return { items: data.flatMap((invoice) => toInvoice(invoice, row)) };
}

function toInvoice(invoice: Stripe.Invoice, row: SubscriptionRow): Invoice[] {
  const { id, number, created, total, currency, hosted_invoice_url, invoice_pdf } = invoice;
  const status = INVOICE_STATUSES.find((known) => known === invoice.status);
  if (status === undefined) return [];
  const createdAt = new Date(created * 1000).toISOString();
  const links = { url: hosted_invoice_url ?? null, pdfUrl: invoice_pdf ?? null };
  const payable = status === 'open' && isWorthPaying(invoice, row);
  return [{ id, number, createdAt, amount: total, currency, status, payable, ...links }];
}

/** What a subscription asked for that has ended since brings nothing back, whoever pays it. */
function isWorthPaying({ parent }: Stripe.Invoice, row: SubscriptionRow): boolean {
  const subscription = parent?.subscription_details?.subscription;
  if (!subscription) return true;
  const id = typeof subscription === 'string' ? subscription : subscription.id;
  return id === row.stripeSubscriptionId && isManageable(row.stripeStatus);
}

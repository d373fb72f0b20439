import type Stripe from 'stripe';
import { INVOICE_STATUSES, type Invoice } from '../../../shared/billing/billing-status.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { requireStripe } from './require-stripe.ts';
import { readSubscription } from './subscription-rows.ts';

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
  return { items: data.flatMap(toInvoice) };
}

function toInvoice(invoice: Stripe.Invoice): Invoice[] {
  const { id, number, created, total, currency, hosted_invoice_url, invoice_pdf } = invoice;
  const status = INVOICE_STATUSES.find((known) => known === invoice.status);
  if (status === undefined) return [];
  const createdAt = new Date(created * 1000).toISOString();
  const links = { url: hosted_invoice_url ?? null, pdfUrl: invoice_pdf ?? null };
  return [{ id, number, createdAt, amount: total, currency, status, ...links }];
}

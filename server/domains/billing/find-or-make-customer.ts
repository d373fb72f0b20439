import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { keepCustomer, readSubscription, replaceCustomer } from './subscription-rows.ts';

/**
 * The organization's customer at Stripe, made when it has none: one, however many ask in the same instant. What two who ask may
 * say differently stands in a second request, since with one key Stripe takes one wording. The key changes by the hour, or an
 * answer that went wrong at Stripe would be given again for a day. A customer that somebody deleted there is replaced.
 *
 * @param asking whom Stripe writes to at first; in the portal they can say whom else
 * @throws Refusal `billing_unavailable`
 */
export async function findOrMakeCustomer(
  { stripe: { client }, log }: { stripe: StripeAccess; log: Logger },
  tenant: Tenant,
  asking: { email: string; organizationName: string },
): Promise<string> {
  const tenantId = tenant.id;
  const ask = <T>(question: () => Promise<T>) => askStripe(log, { tenantId }, question);
  const row = await tenant.transaction((tx) => readSubscription(tx, tenantId));
  const known = row?.stripeCustomerId ?? null;
  if (known !== null && !(await ask(() => client.customers.retrieve(known))).deleted) return known;

  const hour = new Date().toISOString().slice(0, 13);
  const idempotencyKey = ['customer', tenantId, known ?? 'first', hour].join(':');
  const made = await ask(() => client.customers.create({ metadata: { tenantId } }, { idempotencyKey }));
  const { email, organizationName } = asking;
  await ask(() => client.customers.update(made.id, { email, name: organizationName }));
  const kept = await tenant.transaction((tx) =>
    known === null ? keepCustomer(tx, tenantId, made.id) : replaceCustomer(tx, tenantId, known, made.id),
  );
  if (kept === made.id)
    log.info({ event: 'billing.customer_made', tenantId, stripeCustomerId: kept }, 'customer made');
  return kept;
}

import { invalid } from './api-error.ts';
import type { ApiCall } from './api-routes.ts';
import { expireCheckout } from './checkout.ts';
import { findCustomer, findIn, findPrice, newestFirst } from './find-object.ts';
import { listPage, readCreated } from './list-page.ts';
import { makeCheckoutSession } from './make-sessions.ts';
import { mergeMetadata, type ParamReader } from './read-params.ts';
import type { CheckoutSession } from './stripe-objects.ts';
import { DAY_SECONDS } from './time.ts';
import { nowOf } from './world.ts';

const SHORTEST_SECONDS = 30 * 60;

/** Subscriptions to one price, for a customer that is there, on a page of Stripe's; other checkouts are not played. */
export function createCheckout({ world, reader }: ApiCall): CheckoutSession {
  const customerId = reader.needed('customer');
  const mode = reader.needed('mode');
  if (mode !== 'subscription') throw invalid(`Only mode subscription is played here, not ${mode}.`, 'mode');
  reader.choice('ui_mode', ['hosted_page']);
  const item = readItem(reader);
  const successUrl = reader.url('success_url');
  if (!successUrl) throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  const cancelUrl = reader.url('cancel_url') ?? null;
  const clientReferenceId = reader.text('client_reference_id') ?? null;
  const metadata = mergeMetadata({}, reader.metadata());
  const ofSubscription = mergeMetadata({}, reader.group('subscription_data').metadata());
  const allowPromotionCodes = reader.boolean('allow_promotion_codes') ?? null;
  const billingAddressCollection = reader.choice('billing_address_collection', ['auto', 'required']) ?? null;
  const paymentMethodCollection =
    reader.choice('payment_method_collection', ['always', 'if_required']) ?? 'always';
  const methods = reader.texts('payment_method_types');
  const locale = reader.text('locale') ?? null;
  const wantedEnd = reader.integer('expires_at');
  reader.end();

  const customer = findCustomer(world, customerId, 'customer');
  const price = findPrice(world, item.priceId, 'line_items[0][price]');
  if (methods.some((method) => method !== 'card'))
    throw invalid('Only cards are played here.', 'payment_method_types');
  const at = nowOf(world, customerId);
  const expiresAt = wantedEnd ?? at + DAY_SECONDS;
  if (expiresAt < at + SHORTEST_SECONDS || expiresAt > at + DAY_SECONDS) {
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      'expires_at',
    );
  }
  const session = makeCheckoutSession(
    world.state.origin,
    {
      customer,
      amount: (price.unit_amount ?? 0) * item.quantity,
      currency: price.currency,
      ...{ successUrl, cancelUrl, clientReferenceId, metadata, allowPromotionCodes },
      ...{ billingAddressCollection, paymentMethodCollection, locale, expiresAt },
    },
    at,
  );
  world.state.checkoutSessions[session.id] = session;
  world.state.orders[session.id] = { ...item, metadata: ofSubscription };
  return session;
}

export function retrieveCheckout({ world, id, reader }: ApiCall): CheckoutSession {
  reader.end();
  return findIn(world.state.checkoutSessions, 'checkout.session', id);
}

export function expireSession({ world, id, reader }: ApiCall): CheckoutSession {
  reader.end();
  const session = findIn(world.state.checkoutSessions, 'checkout.session', id);
  expireCheckout(world, session, nowOf(world, session.customer));
  return session;
}

export function listCheckouts({ world, reader }: ApiCall) {
  const customer = reader.text('customer');
  const subscription = reader.text('subscription');
  const status = reader.choice('status', ['open', 'complete', 'expired']);
  const isWanted = readCreated(reader);
  if (customer) findIn(world.state.customers, 'customer', customer, 'customer');
  const found = newestFirst(world.state.checkoutSessions).filter(
    (each) =>
      (!customer || each.customer === customer) &&
      (!subscription || each.subscription === subscription) &&
      (!status || each.status === status) &&
      isWanted(each.created),
  );
  return listPage(found, reader, '/v1/checkout/sessions', 'checkout.session');
}

function readItem(reader: ParamReader): { priceId: string; quantity: number } {
  const [item, ...others] = reader.groups('line_items');
  if (item === undefined)
    throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
  if (others.length > 0) throw invalid('Only one line item is played here.', 'line_items');
  return { priceId: item.needed('price'), quantity: item.integer('quantity') ?? 1 };
}

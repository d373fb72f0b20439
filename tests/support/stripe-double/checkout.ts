import { declined, invalid } from './api-error.ts';
import { findCustomer, findIn, findPrice } from './find-object.ts';
import { settle } from './invoices.ts';
import { makeId } from './make-id.ts';
import { makeInvoice } from './make-invoice.ts';
import { itemOf, makeSubscription } from './make-subscription.ts';
import type { CheckoutSession, Subscription } from './stripe-objects.ts';
import { change, nowOf, tell, type World } from './world.ts';

/** Somebody pressed Pay, and the card is good: subscription, invoice and session are done at once. @throws ApiError */
export function payCheckout(world: World, session: CheckoutSession): Subscription {
  assertOpen(session);
  const { state } = world;
  const customer = findCustomer(world, session.customer ?? '', 'customer');
  const { priceId, quantity, metadata } = findIn(state.orders, 'checkout.session', session.id);
  const price = findPrice(world, priceId, 'price');
  const at = nowOf(world, customer.id);
  const subscription = makeSubscription(customer.id, price, world.billingMode, quantity, metadata, at);
  const { current_period_start: start, current_period_end: end } = itemOf(subscription);
  const invoice = makeInvoice(
    world.state.origin,
    customer,
    subscription,
    'subscription_create',
    { start, end },
    at,
  );
  subscription.latest_invoice = invoice.id;
  state.subscriptions[subscription.id] = subscription;
  state.invoices[invoice.id] = invoice;
  state.cards[customer.id] = 'good';
  tell(world, 'customer.subscription.created', subscription, at);
  tell(world, 'invoice.created', invoice, at);
  tell(world, 'invoice.finalized', invoice, at);
  settle(world, invoice, at);
  const paid: Partial<Subscription> = { status: 'active', default_payment_method: makeId('pm') };
  change(world, 'customer.subscription.updated', subscription, paid, at);
  change(world, 'customer.updated', customer, { currency: price.currency }, at);
  Object.assign(session, {
    status: 'complete',
    payment_status: 'paid',
    subscription: subscription.id,
    invoice: invoice.id,
    url: null,
  } satisfies Partial<CheckoutSession>);
  tell(world, 'checkout.session.completed', session, at);
  return subscription;
}

/** The bank said no: the page says so, and the session waits for another card. @throws ApiError always */
export function declineCheckout(session: CheckoutSession): never {
  assertOpen(session);
  throw declined();
}

/** @throws ApiError when it is no longer open */
export function expireCheckout(world: World, session: CheckoutSession, at: number): void {
  assertOpen(session);
  Object.assign(session, { status: 'expired', url: null } satisfies Partial<CheckoutSession>);
  tell(world, 'checkout.session.expired', session, at);
}

function assertOpen(session: CheckoutSession): void {
  if (session.status === 'open') return;
  throw invalid(`This Session is ${session.status}: only open ones can be paid or expired.`);
}

import { expireCheckout } from './checkout.ts';
import { findCustomer } from './find-object.ts';
import { attemptPayment, subscriptionOf } from './invoices.ts';
import { makeInvoice } from './make-invoice.ts';
import { itemOf } from './make-subscription.ts';
import type { Subscription } from './stripe-objects.ts';
import { endOf, endSubscription, isEnded } from './subscriptions.ts';
import { addMonths, DAY_SECONDS, periodEndAfter } from './time.ts';
import { change, nowOf, tell, type World } from './world.ts';

/** How far to move the time; months are those of the calendar. */
export type Span = { seconds?: number; days?: number; months?: number };

/** Moves the time on, for everybody or for one customer; what was due by then has happened afterwards. @throws ApiError */
export function moveOn(world: World, { seconds = 0, days = 0, months = 0 }: Span, customerId?: string): void {
  const { state } = world;
  const now = nowOf(world, customerId);
  const ahead = addMonths(now, months) - now + days * DAY_SECONDS + seconds;
  if (customerId === undefined) {
    state.aheadSeconds += ahead;
  } else {
    findCustomer(world, customerId);
    state.customerAheadSeconds[customerId] = (state.customerAheadSeconds[customerId] ?? 0) + ahead;
  }
  passTime(world);
}

/** Something that happens by itself at a moment. */
type Due = { at: number; happen: () => void };

/** Has everything happen that was due until now, in its order: ends, renewals, attempts to be paid, sessions that expire. */
export function passTime(world: World): void {
  for (;;) {
    const [next] = dueNow(world).sort((one, other) => one.at - other.at);
    if (next === undefined) return;
    next.happen();
  }
}

function dueNow(world: World): Due[] {
  const { subscriptions, invoices, checkoutSessions } = world.state;
  const due: Due[] = [];
  const add = (customerId: string | null, at: number | null, happen: () => void) => {
    if (at !== null && at <= nowOf(world, customerId)) due.push({ at, happen });
  };
  for (const session of Object.values(checkoutSessions)) {
    if (session.status !== 'open') continue;
    const at = session.expires_at;
    add(session.customer, at, () => expireCheckout(world, session, at));
  }
  for (const subscription of Object.values(subscriptions)) {
    if (isEnded(subscription)) continue;
    const { customer } = subscription;
    const end = endOf(subscription);
    const { current_period_end: periodEnd } = itemOf(subscription);
    if (end !== null && end <= periodEnd) {
      add(customer, end, () => endSubscription(world, subscription, 'cancellation_requested', end));
    } else {
      add(customer, periodEnd, () => renew(world, subscription, periodEnd));
    }
  }
  for (const invoice of Object.values(invoices)) {
    const at = invoice.next_payment_attempt;
    if (invoice.status !== 'open' || isEnded(subscriptionOf(world, invoice))) continue;
    add(invoice.customer, at, () => void attemptPayment(world, invoice, at ?? 0));
  }
  return due;
}

/** A new period begins, and an invoice asks for its money. */
function renew(world: World, subscription: Subscription, at: number): void {
  const customer = findCustomer(world, subscription.customer);
  const item = itemOf(subscription);
  const end = periodEndAfter(subscription.billing_cycle_anchor, at, item.price);
  const invoice = makeInvoice(
    world.state.origin,
    customer,
    subscription,
    'subscription_cycle',
    { start: at, end },
    at,
  );
  world.state.invoices[invoice.id] = invoice;
  const items = structuredClone(subscription.items);
  Object.assign(items.data[0] ?? {}, { current_period_start: at, current_period_end: end });
  change(world, 'customer.subscription.updated', subscription, { items, latest_invoice: invoice.id }, at);
  tell(world, 'invoice.created', invoice, at);
  tell(world, 'invoice.finalized', invoice, at);
  // For one that nobody paid for in the end, invoices are written, and left alone.
  if (subscription.status === 'unpaid') invoice.auto_advance = false;
  else attemptPayment(world, invoice, at);
}

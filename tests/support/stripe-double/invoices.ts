import { declined, invalid } from './api-error.ts';
import { findIn } from './find-object.ts';
import type { Invoice, Subscription } from './stripe-objects.ts';
import { endSubscription } from './subscriptions.ts';
import { DAY_SECONDS } from './time.ts';
import { change, nowOf, tell, type World } from './world.ts';

/** Days from each attempt that failed to the next one; after the last the account's settings say what happens. */
const NEXT_ATTEMPT_AFTER_DAYS = [3, 5, 7];

/** Somebody pays an open invoice, with a new card or the one that is there. @throws ApiError when the bank says no */
export function payInvoice(world: World, invoice: Invoice): void {
  if (invoice.status !== 'open') {
    throw invalid(
      invoice.status === 'paid'
        ? 'Invoice is already paid'
        : `This invoice is ${invoice.status}: it cannot be paid.`,
      undefined,
      invoice.status === 'paid' ? 'invoice_already_paid' : 'invoice_not_editable',
    );
  }
  if (!attemptPayment(world, invoice, nowOf(world, invoice.customer))) throw declined();
}

/** Asks the bank for the money of an open invoice, and follows with its subscription. @returns whether it was paid */
export function attemptPayment(world: World, invoice: Invoice, at: number): boolean {
  const subscription = subscriptionOf(world, invoice);
  if (world.state.cards[invoice.customer] === 'good') {
    settle(world, invoice, at);
    if (['past_due', 'unpaid'].includes(subscription.status)) {
      change(world, 'customer.subscription.updated', subscription, { status: 'active' }, at);
    }
    return true;
  }
  fail(world, invoice, subscription, at);
  return false;
}

/** The bank said yes. */
export function settle(world: World, invoice: Invoice, at: number): void {
  Object.assign(invoice, {
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempt_count: invoice.attempt_count + 1,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: at },
  } satisfies Partial<Invoice>);
  tell(world, 'invoice.paid', invoice, at);
  tell(world, 'invoice.payment_succeeded', invoice, at);
}

function fail(world: World, invoice: Invoice, subscription: Subscription, at: number): void {
  const days = NEXT_ATTEMPT_AFTER_DAYS[invoice.attempt_count];
  Object.assign(invoice, {
    attempt_count: invoice.attempt_count + 1,
    attempted: true,
    auto_advance: days !== undefined,
    next_payment_attempt: days === undefined ? null : at + days * DAY_SECONDS,
  } satisfies Partial<Invoice>);
  tell(world, 'invoice.payment_failed', invoice, at);
  if (subscription.ended_at !== null) return;
  if (days !== undefined) {
    if (subscription.status === 'active') {
      change(world, 'customer.subscription.updated', subscription, { status: 'past_due' }, at);
    }
    return;
  }
  if (subscription.status !== 'past_due') return; // somebody tried an invoice for which nothing is tried any more
  switch (world.afterLastAttempt) {
    case 'cancel':
      endSubscription(world, subscription, 'payment_failed', at);
      return;
    case 'unpaid':
      change(world, 'customer.subscription.updated', subscription, { status: 'unpaid' }, at);
      return;
    case 'past_due':
      return;
  }
}

export function subscriptionOf(world: World, invoice: Invoice): Subscription {
  const id = invoice.parent?.subscription_details?.subscription;
  return findIn(world.state.subscriptions, 'subscription', typeof id === 'string' ? id : '');
}

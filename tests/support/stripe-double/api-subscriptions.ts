import { invalid, missing } from './api-error.ts';
import type { ApiCall } from './api-routes.ts';
import { findCustomer, findIn, newestFirst } from './find-object.ts';
import { listPage, readCreated } from './list-page.ts';
import { itemOf } from './make-subscription.ts';
import { mergeMetadata } from './read-params.ts';
import type { Subscription, SubscriptionItem } from './stripe-objects.ts';
import {
  cancelAt,
  cancelAtPeriodEnd,
  endSubscription,
  isEnded,
  resumeSubscription,
} from './subscriptions.ts';
import { change, nowOf } from './world.ts';

const STATUSES = [
  'active',
  'past_due',
  'unpaid',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'trialing',
  'paused',
  'all',
  'ended',
] as const;

/** Without `status` those that have ended are left out, as Stripe does. */
export function listSubscriptions({ world, reader }: ApiCall) {
  const customer = reader.text('customer');
  const price = reader.text('price');
  const status = reader.choice('status', STATUSES);
  const isCreated = readCreated(reader);
  // One that was deleted is no longer taken here, though its invoices can still be listed.
  if (customer) findCustomer(world, customer, 'customer');
  const isWanted = (subscription: Subscription) => {
    if (status === undefined) return !isEnded(subscription);
    if (status === 'ended') return isEnded(subscription);
    return status === 'all' || subscription.status === status;
  };
  const found = newestFirst(world.state.subscriptions).filter(
    (each) =>
      isWanted(each) &&
      (!customer || each.customer === customer) &&
      (!price || itemOf(each).price.id === price) &&
      isCreated(each.created),
  );
  return listPage(found, reader, '/v1/subscriptions', 'subscription');
}

export function retrieveSubscription({ world, id, reader }: ApiCall): Subscription {
  reader.end();
  return findIn(world.state.subscriptions, 'subscription', id);
}

/** Metadata, and whether and when it is to end; other changes are not played. */
export function updateSubscription({ world, id, reader }: ApiCall): Subscription {
  const atPeriodEnd = reader.boolean('cancel_at_period_end');
  const end = reader.text('cancel_at');
  const sent = reader.metadata();
  const comment = reader.group('cancellation_details').text('comment');
  reader.end();
  if (atPeriodEnd !== undefined && end !== undefined) {
    throw invalid('Received both cancel_at_period_end and cancel_at parameters. Please pass in only one.');
  }
  const subscription = findIn(world.state.subscriptions, 'subscription', id);
  const at = nowOf(world, subscription.customer);
  if (atPeriodEnd === true) cancelAtPeriodEnd(world, subscription, 'api', at);
  if (atPeriodEnd === false) {
    // In flexible mode a moment that was set by itself stays set.
    const classic = subscription.billing_mode.type === 'classic';
    const fields = { cancel_at_period_end: false, ...(classic ? { cancel_at: null } : {}) };
    resumeSubscription(world, subscription, fields, at);
  }
  if (end === null) resumeSubscription(world, subscription, { cancel_at: null }, at);
  else if (end !== undefined) cancelAt(world, subscription, readEnd(subscription, end, at), at);
  const metadata = mergeMetadata(subscription.metadata, sent);
  const known = subscription.cancellation_details;
  const cancellation_details = known === null || comment === undefined ? known : { ...known, comment };
  change(world, 'customer.subscription.updated', subscription, { metadata, cancellation_details }, at);
  return subscription;
}

/** A moment to come, or a word for the end of the period. */
function readEnd(subscription: Subscription, text: string, now: number): number {
  if (text === 'min_period_end' || text === 'max_period_end') {
    return itemOf(subscription).current_period_end;
  }
  if (!/^\d{1,15}$/.test(text)) throw invalid(`Invalid timestamp: ${text}`, 'cancel_at');
  if (Number(text) <= now) throw invalid('The cancel_at timestamp must be in the future.', 'cancel_at');
  return Number(text);
}

/** Ends it at once. One that has ended is not found any more, as Stripe answers. */
export function cancelSubscription({ world, id, reader }: ApiCall): Subscription {
  reader.boolean('invoice_now');
  reader.boolean('prorate');
  reader.end();
  const subscription = findIn(world.state.subscriptions, 'subscription', id);
  if (isEnded(subscription)) throw missing('subscription', id);
  endSubscription(world, subscription, 'cancellation_requested', nowOf(world, subscription.customer));
  return subscription;
}

export function listItems({ world, reader }: ApiCall) {
  const subscription = findIn(
    world.state.subscriptions,
    'subscription',
    reader.needed('subscription'),
    'subscription',
  );
  return listPage(subscription.items.data, reader, '/v1/subscription_items', 'subscription_item');
}

export function retrieveItem({ world, id, reader }: ApiCall): SubscriptionItem {
  reader.end();
  const found = Object.values(world.state.subscriptions)
    .flatMap(({ items }) => items.data)
    .find((item) => item.id === id);
  if (found === undefined) throw missing('subscription_item', id, 'item');
  return found;
}

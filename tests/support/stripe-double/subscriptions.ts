import { invalid } from './api-error.ts';
import { itemOf } from './make-subscription.ts';
import type { Subscription } from './stripe-objects.ts';
import { change, tell, type World } from './world.ts';

export const isEnded = ({ status }: Subscription) => status === 'canceled' || status === 'incomplete_expired';

/** Sets it to end with the period that is paid for. @param by which of the two fields says so */
export function cancelAtPeriodEnd(
  world: World,
  subscription: Subscription,
  by: World['portalCancelsBy'],
  at: number,
): void {
  assertLive(subscription);
  const patch: Partial<Subscription> = {
    cancel_at: itemOf(subscription).current_period_end,
    cancel_at_period_end: by === 'cancel_at_period_end',
    canceled_at: at,
    cancellation_details: { ...detailsOf(subscription), reason: 'cancellation_requested' },
  };
  change(world, 'customer.subscription.updated', subscription, patch, at);
}

/** Takes a cancellation back before it has happened. */
export function resumeSubscription(world: World, subscription: Subscription, at: number): void {
  assertLive(subscription);
  const patch: Partial<Subscription> = {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { ...detailsOf(subscription), reason: null },
  };
  change(world, 'customer.subscription.updated', subscription, patch, at);
}

/** Ends it now. @throws ApiError when it has ended */
export function endSubscription(
  world: World,
  subscription: Subscription,
  reason: 'cancellation_requested' | 'payment_failed',
  at: number,
): void {
  assertLive(subscription);
  Object.assign(subscription, {
    canceled_at: subscription.canceled_at ?? at,
    cancellation_details: { ...detailsOf(subscription), reason },
    ended_at: at,
    status: 'canceled',
  } satisfies Partial<Subscription>);
  // Nothing more is asked for a subscription that has ended.
  for (const invoice of Object.values(world.state.invoices)) {
    if (invoice.parent?.subscription_details?.subscription !== subscription.id) continue;
    if (invoice.status === 'open')
      Object.assign(invoice, { auto_advance: false, next_payment_attempt: null });
  }
  tell(world, 'customer.subscription.deleted', subscription, at);
}

function detailsOf({ cancellation_details }: Subscription) {
  return cancellation_details ?? { comment: null, feedback: null, feedback_option: null, reason: null };
}

function assertLive(subscription: Subscription): void {
  if (!isEnded(subscription)) return;
  throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
}

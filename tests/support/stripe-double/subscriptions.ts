import { invalid } from './api-error.ts';
import { itemOf } from './make-subscription.ts';
import type { Subscription } from './stripe-objects.ts';
import { change, tell, type World } from './world.ts';

export const isEnded = ({ status }: Subscription) => status === 'canceled' || status === 'incomplete_expired';

/** What a subscription says that is not to end. */
export const GOES_ON = { cancel_at: null, cancel_at_period_end: false };

/** When it ends by itself; null while it goes on. */
export function endOf(subscription: Subscription): number | null {
  const { cancel_at, cancel_at_period_end } = subscription;
  return cancel_at ?? (cancel_at_period_end ? itemOf(subscription).current_period_end : null);
}

/**
 * Sets it to end with the period that is paid for. In classic mode both fields say so. In flexible mode it is one of them: what the
 * portal sets is `cancel_at`, what the API is asked for by name is `cancel_at_period_end`.
 */
export function cancelAtPeriodEnd(
  world: World,
  subscription: Subscription,
  by: 'portal' | 'api',
  at: number,
): void {
  const classic = subscription.billing_mode.type === 'classic';
  const end = itemOf(subscription).current_period_end;
  scheduleEnd(
    world,
    subscription,
    {
      cancel_at: classic || by === 'portal' ? end : null,
      cancel_at_period_end: classic || by === 'api',
    },
    at,
  );
}

/** Sets it to end at a moment, whatever periods there are. */
export function cancelAt(world: World, subscription: Subscription, end: number, at: number): void {
  scheduleEnd(world, subscription, { cancel_at: end, cancel_at_period_end: false }, at);
}

/** Takes a cancellation back before it has happened. @param fields those that are to say nothing more of an end */
export function resumeSubscription(
  world: World,
  subscription: Subscription,
  fields: Partial<Pick<Subscription, 'cancel_at' | 'cancel_at_period_end'>>,
  at: number,
): void {
  assertLive(subscription);
  const after = { ...subscription, ...fields };
  const goesOn = endOf(after) === null;
  const patch: Partial<Subscription> = {
    ...fields,
    canceled_at: goesOn ? null : subscription.canceled_at,
    cancellation_details: {
      ...detailsOf(subscription),
      reason: goesOn ? null : detailsOf(subscription).reason,
    },
  };
  change(world, 'customer.subscription.updated', subscription, patch, at);
}

function scheduleEnd(
  world: World,
  subscription: Subscription,
  fields: Pick<Subscription, 'cancel_at' | 'cancel_at_period_end'>,
  at: number,
): void {
  assertLive(subscription);
  const patch: Partial<Subscription> = {
    ...fields,
    canceled_at: at,
    cancellation_details: { ...detailsOf(subscription), reason: 'cancellation_requested' },
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

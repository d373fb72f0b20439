import type pg from 'pg';
import { runTransaction } from '../../database/transaction.ts';
import { FailedForGood } from '../../jobs/failed-for-good.ts';
import type { StripeAccess } from './create-stripe.ts';
import { tenantOfCustomer } from './customer-rows.ts';
import { findEvent, finishEvent } from './event-rows.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';

/** What came of an event, as its row keeps it. */
export type EventOutcome = 'changed' | 'unchanged' | 'no_customer' | 'unknown_customer';

type Needed = Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null; pools: { system: pg.Pool } };

/**
 * Does what an event asks for: whatever it says, the subscriptions of its customer are read at Stripe and written down. So it is
 * all the same in which order events come, how often, and how late. Whose customer it is, we know ourselves.
 */
export async function processEvent(services: Needed, eventId: string): Promise<void> {
  const { pools, log } = services;
  const event = await runTransaction(pools.system, 'begin', (tx) => findEvent(tx, eventId));
  if (event === null || event.processedAt !== null) return;
  const { type, stripeCustomerId } = event;
  const tenantId = stripeCustomerId === null ? null : await tenantOfCustomer(pools.system, stripeCustomerId);
  const outcome: EventOutcome =
    tenantId !== null
      ? await follow(services, { tenantId, stripeEventId: eventId })
      : stripeCustomerId === null
        ? 'no_customer'
        : 'unknown_customer';
  await runTransaction(pools.system, 'begin', (tx) => finishEvent(tx, eventId, outcome));
  log[outcome === 'unknown_customer' ? 'warn' : 'info'](
    {
      event: 'billing.event_processed',
      stripeEventId: eventId,
      tenantId: tenantId ?? undefined,
      type,
      stripeCustomerId,
      outcome,
    },
    'event processed',
  );
}

async function follow(
  { stripe, ...services }: Needed,
  cause: { tenantId: string; stripeEventId: string },
): Promise<EventOutcome> {
  if (stripe === null) throw new FailedForGood('Payments are not set up here any more.');
  const written = await syncSubscription({ ...services, stripe }, cause);
  return written?.changed === true ? 'changed' : 'unchanged';
}

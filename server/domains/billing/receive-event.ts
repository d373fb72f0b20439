import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { Logger } from '../../log.ts';
import type { StripeAccess } from './create-stripe.ts';
import type { NewEvent } from './event-rows.ts';
import { keepEvent } from './keep-event.ts';
import { readEvent } from './read-event.ts';
import { type BadSignature, type SignedBody, verifySignature } from './verify-signature.ts';

type Needed = { stripe: StripeAccess; boss: PgBoss; pools: { system: pg.Pool }; log: Logger };

/**
 * Takes in what was posted as an event of Stripe's: it is noted once by its id, and a job for it in the same commit. Played events
 * are refused where payments are real, and real ones where they are played.
 *
 * @returns whether it was taken, now or before; why not stands in the log alone
 */
export async function receiveEvent(services: Needed, posted: SignedBody): Promise<boolean> {
  const { stripe, log } = services;
  const verified = verifySignature(stripe, posted, new Date());
  if ('reason' in verified) return refuse(log, verified.reason);
  const event = readEvent(verified.event);
  if (event === null) return refuse(log, 'no_event');
  if (event.livemode === stripe.settings.testMode) return refuse(log, 'other_mode', event);
  const isNew = await keepEvent(services, event);
  log.info(
    { event: isNew ? 'billing.event_received' : 'billing.event_repeated', ...namesOf(event) },
    'event of stripe',
  );
  return true;
}

function refuse(
  log: Logger,
  reason: BadSignature['reason'] | 'no_event' | 'other_mode',
  event?: NewEvent,
): false {
  log.warn(
    { event: 'billing.event_refused', reason, ...(event === undefined ? {} : namesOf(event)) },
    'event refused',
  );
  return false;
}

const namesOf = ({ id, type, stripeCustomerId }: NewEvent) => ({ stripeEventId: id, type, stripeCustomerId });

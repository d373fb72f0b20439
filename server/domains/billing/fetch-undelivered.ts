import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { processEventQueue } from '../../../shared/jobs/billing-queues.ts';
import { runTransaction } from '../../database/transaction.ts';
import type { Logger } from '../../log.ts';
import { askStripe } from './ask-stripe.ts';
import type { StripeAccess } from './create-stripe.ts';
import { idsLeftOver, type NewEvent } from './event-rows.ts';
import { keepEvent } from './keep-event.ts';
import { readEvent } from './read-event.ts';

/** For so long Stripe tells of its events. */
const DAYS = 30;
/** By then every try to process an event is over. */
const LEFT_AFTER_HOURS = 24;

/** Takes in the events that Stripe could not deliver, and has those processed again whose jobs failed for good. */
export async function fetchUndelivered(services: {
  stripe: StripeAccess;
  pools: { system: pg.Pool };
  boss: PgBoss;
  log: Logger;
}): Promise<{ eventsFetched: number; eventsLeftOver: number }> {
  const { stripe, log } = services;
  const since = Math.floor(Date.now() / 1000) - DAYS * 86_400;
  const undelivered: NewEvent[] = [];
  await askStripe(log, {}, async () => {
    const list = stripe.client.events.list({ delivery_success: false, created: { gte: since }, limit: 100 });
    for await (const posted of list) {
      const event = readEvent(posted);
      if (event !== null && event.livemode !== stripe.settings.testMode) undelivered.push(event);
    }
  });
  let eventsFetched = 0;
  // Oldest first, as they would have come.
  for (const event of undelivered.toReversed()) {
    if (!(await keepEvent(services, event))) continue;
    eventsFetched++;
    log.warn({ event: 'billing.event_fetched', stripeEventId: event.id, type: event.type }, 'event fetched');
  }
  return { eventsFetched, eventsLeftOver: await sendAgain(services) };
}

function sendAgain({ pools, boss }: { pools: { system: pg.Pool }; boss: PgBoss }): Promise<number> {
  return runTransaction(pools.system, 'begin', async (tx) => {
    const ids = await idsLeftOver(tx, LEFT_AFTER_HOURS);
    const jobs = ids.map((eventId) => ({ data: { eventId } }));
    if (jobs.length > 0) await boss.insert(processEventQueue.name, jobs, { db: fromDrizzle(tx, sql) });
    return ids.length;
  });
}

import type pg from 'pg';
import { runTransaction } from '../../database/transaction.ts';
import type { Logger } from '../../log.ts';
import { deleteEventsBefore } from './event-rows.ts';

/** Stripe itself repeats an event for three days, and tells of it for thirty. */
const KEPT_DAYS = 90;

/** Forgets events that nobody will ask for any more. */
export async function sweepEvents({
  pools,
  log,
}: {
  pools: { system: pg.Pool };
  log: Logger;
}): Promise<void> {
  const deleted = await runTransaction(pools.system, 'begin', (tx) => deleteEventsBefore(tx, KEPT_DAYS));
  log.info({ event: 'billing.events_swept', deleted }, 'old events forgotten');
}

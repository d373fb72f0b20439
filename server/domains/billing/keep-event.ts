import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { processEventQueue } from '../../../shared/jobs/billing-queues.ts';
import { runTransaction } from '../../database/transaction.ts';
import { insertEvent, type NewEvent } from './event-rows.ts';

/** Notes an event once, whoever brings it and however often, and sends its job in the same commit. @returns whether it was new */
export function keepEvent(
  { pools, boss }: { pools: { system: pg.Pool }; boss: PgBoss },
  event: NewEvent,
): Promise<boolean> {
  return runTransaction(pools.system, 'begin', async (tx) => {
    if (!(await insertEvent(tx, event))) return false;
    await boss.send(processEventQueue.name, { eventId: event.id }, { db: fromDrizzle(tx, sql) });
    return true;
  });
}

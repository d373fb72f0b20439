import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { endByClock } from '../../../shared/billing/subscription-state.ts';
import { endQueue } from '../../../shared/jobs/billing-queues.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { SubscriptionTruth } from './subscription-rows.ts';

/** By how much the clocks of the database and of this process may differ: a job that came early would change nothing. */
const LEEWAY_MS = 1000;

/**
 * Has Stripe asked again in the moment when Pro ends by the clock, sent in the commit that writes the end: nobody tells of a week
 * without a payment.
 */
export async function queueEnd(
  tx: Transaction,
  boss: PgBoss,
  tenantId: string,
  { before, after }: { before: SubscriptionTruth; after: SubscriptionTruth },
): Promise<void> {
  const end = endByClock(after);
  if (end === null || end.getTime() === endByClock(before)?.getTime()) return;
  await boss.send(
    endQueue.name,
    { tenantId },
    { startAfter: new Date(end.getTime() + LEEWAY_MS), db: fromDrizzle(tx, sql) },
  );
}

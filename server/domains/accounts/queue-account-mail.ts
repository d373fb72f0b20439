import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type * as v from 'valibot';
import { accountMailQueue } from '../../../shared/jobs/queues.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Which mail, and whose. */
export type AccountMailJob = v.InferOutput<typeof accountMailQueue.payload>;

/**
 * Has a mail about an account written and sent once the transaction stands. A null `userId` is a job for nobody: what is
 * asked for an address without an account is the same work as with one.
 */
export async function queueAccountMail(tx: Transaction, boss: PgBoss, job: AccountMailJob): Promise<void> {
  await boss.send(accountMailQueue.name, job, { db: fromDrizzle(tx, sql) });
}

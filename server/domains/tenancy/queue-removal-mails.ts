import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { removalMailQueue } from '../../../shared/jobs/queues.ts';
import type { Transaction } from '../../database/transaction.ts';
import { listOwnerIds } from './list-owner-ids.ts';

/** Has every owner told by a mail of their own that the organization will be deleted, once the transaction stands. */
export async function queueRemovalMails(
  tx: Transaction,
  boss: PgBoss,
  tenantId: string,
  askedBy: string | null,
): Promise<void> {
  const owners = await listOwnerIds(tx, tenantId);
  const jobs = owners.map((userId) => ({ data: { tenantId, userId, askedBy } }));
  await boss.insert(removalMailQueue.name, jobs, { db: fromDrizzle(tx, sql) });
}

import { count, eq, sql } from 'drizzle-orm';
import { checkRequests } from '../../../drizzle/schema/evidence.ts';
import { CHECK_REQUESTED_CHANNEL } from '../../../shared/jobs/wake-channel.ts';
import { REQUEST_LIVES_SECONDS, type TriedCheck } from '../../../shared/monitoring/try-monitor.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Has a draft tried: wakes the probers of its region once this transaction commits. */
export async function insertCheckRequest(
  tx: Transaction,
  request: { tenantId: string; id: string; region: string; sealedSpec: Uint8Array },
): Promise<void> {
  await tx.insert(checkRequests).values(request);
  await tx.execute(sql`select pg_notify(${CHECK_REQUESTED_CHANNEL}, ${request.region})`);
}

/** How many drafts of the organization somebody waits for. */
export async function countCheckRequests(tx: Transaction): Promise<number> {
  const [row] = await tx.select({ requests: count() }).from(checkRequests);
  return row?.requests ?? 0;
}

/** What the prober found; null as long as it has not. */
export async function readCheckAnswer(
  tx: Transaction,
  requestId: string,
): Promise<Omit<TriedCheck, 'region'> | null> {
  const [row] = await tx
    .select({ answer: checkRequests.answer })
    .from(checkRequests)
    .where(eq(checkRequests.id, requestId));
  return row?.answer ?? null;
}

export async function deleteCheckRequest(tx: Transaction, requestId: string): Promise<void> {
  await tx.delete(checkRequests).where(eq(checkRequests.id, requestId));
}

/** Deletes drafts whose server went away before it had their answer. */
export async function sweepCheckRequests(tx: Transaction): Promise<void> {
  await tx
    .delete(checkRequests)
    .where(sql`requested_at < now() - make_interval(secs => ${REQUEST_LIVES_SECONDS})`);
}

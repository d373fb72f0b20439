import { sql } from 'drizzle-orm';
import type { Transaction } from './transaction.ts';

/**
 * Does something within a transaction, and takes back what it wrote unless it is to be kept. Either way the same was done, in
 * nearly the same time; what `work` throws ends the transaction as ever.
 */
export async function inSavepoint<T>(
  tx: Transaction,
  { keep }: { keep: boolean },
  work: () => Promise<T>,
): Promise<T> {
  await tx.execute(sql`savepoint done`);
  const result = await work();
  await tx.execute(keep ? sql`release savepoint done` : sql`rollback to savepoint done`);
  return result;
}

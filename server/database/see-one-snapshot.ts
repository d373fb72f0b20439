import { sql } from 'drizzle-orm';
import type { Transaction } from './transaction.ts';

/**
 * Has every statement of the transaction see the database as it is now. For reads of several statements that must not
 * see something move from one table into another in between. Must be the first statement of its transaction.
 */
export async function seeOneSnapshot(tx: Transaction): Promise<void> {
  await tx.execute(sql`set transaction isolation level repeatable read, read only`);
}

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';

/** A transaction in progress. It cannot begin another: inside, there is one connection and one organization. */
export type Transaction = Omit<NodePgDatabase, 'transaction' | '$client'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `begin` and the organization in one round trip. */
export function beginForTenant(tenantId: string): string {
  return `begin; ${goToTenant(tenantId)}`;
}

/**
 * Says which organization the rest of a transaction works for. `SET LOCAL` takes no parameter, so the id is checked here, in
 * the one function that builds the statement; a distributed Postgres carries SET LOCAL to its workers, not `set_config`.
 */
export function goToTenant(tenantId: string): string {
  if (!UUID.test(tenantId)) throw new Error('A tenant id that is no uuid never reaches the database.');
  return `set local app.tenant_id = '${tenantId}'`;
}

/** Runs `work` in one transaction on one connection: committed when it returns, rolled back when it throws. */
export async function runTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two queries the loss of a connection has no query to fail: heard by nobody, it would end the process.
  const onLoss = (error: Error) => {
    broken = error;
  };
  client.on('error', onLoss);
  try {
    await client.query(begin);
    const result = await work(drizzle(client));
    await client.query('commit');
    return result;
  } catch (error) {
    try {
      await client.query('rollback');
    } catch (rollbackError) {
      // The connection itself is gone; the pool must not hand it out again. The first error is the one to tell.
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    client.off('error', onLoss);
    client.release(broken);
  }
}

import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { beginForTenant, goToTenant, runTransaction, type Transaction } from './transaction.ts';

/** The right to touch credentials and sessions, and to see which organizations there are. For accounts and tenancy only. */
export type Identity = {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The same, inside one organization: for what writes its members. */
  transactionIn<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The same, in one organization after the other: for what changes in all that a person belongs to, or in none. */
  transactionAcross<T>(
    work: (tx: Transaction, goTo: (tenantId: string) => Promise<void>) => Promise<T>,
  ): Promise<T>;
};

/** @param pool connects as `statuswatch_identity` */
export function createIdentity(pool: pg.Pool): Identity {
  return {
    transaction: (work) => runTransaction(pool, 'begin', work),
    transactionIn: (tenantId, work) => runTransaction(pool, beginForTenant(tenantId), work),
    transactionAcross: (work) =>
      runTransaction(pool, 'begin', (tx) =>
        work(tx, async (tenantId) => {
          await tx.execute(sql.raw(goToTenant(tenantId)));
        }),
      ),
  };
}

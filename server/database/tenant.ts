import type pg from 'pg';
import { beginForTenant, runTransaction, type Transaction } from './transaction.ts';

/**
 * The right to work for one organization. Verbs get this and never a database: whatever they read or write inside
 * `transaction` is that organization's, because row-level security says so.
 */
export type Tenant = {
  readonly id: string;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
};

/** @param pool connects as `statuswatch_app` */
export function tenantOf(pool: pg.Pool, id: string): Tenant {
  const begin = beginForTenant(id);
  return { id, transaction: (work) => runTransaction(pool, begin, work) };
}

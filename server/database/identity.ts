import type pg from 'pg';
import { beginForTenant, runTransaction, type Transaction } from './transaction.ts';

/** The right to touch credentials and sessions, and to see which organizations there are. For accounts and tenancy only. */
export type Identity = {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The same, inside one organization: for what writes its members. */
  transactionIn<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
};

/** @param pool connects as `statuswatch_identity` */
export function createIdentity(pool: pg.Pool): Identity {
  return {
    transaction: (work) => runTransaction(pool, 'begin', work),
    transactionIn: (tenantId, work) => runTransaction(pool, beginForTenant(tenantId), work),
  };
}

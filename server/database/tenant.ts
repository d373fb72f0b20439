import type pg from 'pg';
import type { KeyRing } from '../../shared/secrets/key-ring.ts';
import { type TenantSecrets, tenantSecrets } from './tenant-secrets.ts';
import { beginForTenant, runTransaction, type Transaction } from './transaction.ts';

/**
 * The right to work for one organization. Verbs get this and never a database: whatever they read or write inside
 * `transaction` is that organization's, because row-level security says so.
 */
export type Tenant = {
  readonly id: string;
  /** Its monitors' secrets, which the tables keep sealed. */
  readonly secrets: TenantSecrets;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
};

/** @param pool connects as `statuswatch_app` */
export function tenantOf(pool: pg.Pool, ring: KeyRing, id: string): Tenant {
  const begin = beginForTenant(id);
  return { id, secrets: tenantSecrets(ring, id), transaction: (work) => runTransaction(pool, begin, work) };
}

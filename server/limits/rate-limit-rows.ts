import { getTableName, lt, sql } from 'drizzle-orm';
import type pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { rateLimits } from '../../drizzle/schema/accounts.ts';
import type { Identity } from '../database/identity.ts';

/** Whoever counts by a clock that is behind would find a row gone that still counts for them. */
const KEPT_HOURS = 1;

/**
 * Counts in the table, one statement a try, so that it is one count for every process there is. It never makes the table, and
 * never sweeps it by itself. @param pool connects as `statuswatch_identity`
 */
export function countInTable(
  pool: pg.Pool,
  limit: { name: string; most: number; perSeconds: number },
): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: getTableName(rateLimits),
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limit.name,
    points: limit.most,
    duration: limit.perSeconds,
  });
}

/** Deletes what has not counted for an hour. */
export function deleteExpiredCounts(identity: Identity): Promise<void> {
  return identity.transaction(async (tx) => {
    const endedMs = sql<number>`extract(epoch from now() - make_interval(hours => ${KEPT_HOURS})) * 1000`;
    await tx.delete(rateLimits).where(lt(rateLimits.expire, endedMs));
  });
}

import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Identity } from '../database/identity.ts';
import { countInTable, deleteExpiredCounts } from './rate-limit-rows.ts';

/** How often something may be done: `most` times in `perSeconds` from the first on. What has one name is counted together. */
export type RateLimit = { name: string; most: number; perSeconds: number };

/** Counts tries in Postgres, where all processes count together. Without the database nothing is let through: it throws. */
export type RateLimits = {
  /** Counts one try of `who`. @returns in how many seconds there is a next one, or null where this one may go on */
  take(limit: RateLimit, who: readonly string[]): Promise<number | null>;
  /** A try that was counted, and turned out not to be one that counts. */
  giveBack(limit: RateLimit, who: readonly string[]): Promise<void>;
  /** Deletes what no longer counts. */
  sweep(): Promise<void>;
};

/**
 * @param pool connects as `statuswatch_identity`
 * @param secretKey what `who` is hashed with: the table tells neither addresses nor accounts
 */
export function createRateLimits(pool: pg.Pool, identity: Identity, secretKey: string): RateLimits {
  const counters = new Map<string, RateLimiterPostgres>();
  const counterOf = (limit: RateLimit) => {
    const counter = counters.get(limit.name) ?? countInTable(pool, limit);
    counters.set(limit.name, counter);
    return counter;
  };
  const keyOf = (who: readonly string[]) =>
    createHmac('sha256', secretKey)
      .update(`rate limit of ${JSON.stringify(who)}`)
      .digest('base64url');

  return {
    async take(limit, who) {
      try {
        await counterOf(limit).consume(keyOf(who));
        return null;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      }
    },
    async giveBack(limit, who) {
      await counterOf(limit).reward(keyOf(who));
    },
    sweep: () => deleteExpiredCounts(identity),
  };
}

import type pg from 'pg';
import { PLANS } from '../../../shared/billing/plans.ts';
import { dropPartitions, ensurePartitions } from './partition-rows.ts';

/** The longest that any plan keeps raw results. */
const KEPT_DAYS = Math.max(...Object.values(PLANS).map((plan) => plan.retentionDays));

/**
 * Makes the partitions of the days ahead and drops those that no plan keeps any more. Both are functions of the
 * owner that the system role may call: it can make no table itself.
 */
export async function keepPartitions(system: pg.Pool): Promise<void> {
  await ensurePartitions(system);
  await dropPartitions(system, KEPT_DAYS + 1);
}

import { PLANS } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { readPlanAge } from './tenant-rows.ts';

/** So long nothing is deleted of what a former plan kept: who comes back finds it all. */
const GRACE_MS = 30 * 86_400_000;

/** The longest that any plan keeps single results. */
const MOST_DAYS = Math.max(...Object.values(PLANS).map((plan) => plan.retentionDays));

/**
 * For how many days an organization's single results are kept: as long as its plan says, and in the month after a change
 * as long as any plan does, since losing a plan deletes nothing. What it may read is the plan's affair at once.
 */
export async function readKeptDays(tx: Transaction, tenantId: string, nowMs: number): Promise<number> {
  const { plan, planChangedAt } = await readPlanAge(tx, tenantId);
  if (planChangedAt !== null && nowMs - planChangedAt.getTime() < GRACE_MS) return MOST_DAYS;
  return PLANS[plan].retentionDays;
}

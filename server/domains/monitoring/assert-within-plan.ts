import { breachOfPlan } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { Refusal } from '../../refusal.ts';
import { lockPlan } from '../tenancy/lock-plan.ts';
import { countMonitors } from './monitor-rows.ts';

/**
 * Locks the organization and refuses what its plan does not allow.
 *
 * @param wanted `adding`: whether there will be one monitor more
 * @throws Refusal `plan_limit_reached`, with the limit
 */
export async function assertWithinPlan(
  tx: Transaction,
  tenantId: string,
  wanted: { adding: boolean; intervalSeconds: number; regions: number },
): Promise<void> {
  const plan = await lockPlan(tx, tenantId);
  const breach = breachOfPlan(plan, {
    monitorsBefore: wanted.adding ? await countMonitors(tx) : 0,
    intervalSeconds: wanted.intervalSeconds,
    regions: wanted.regions,
  });
  if (breach !== null) {
    throw new Refusal('plan_limit_reached', breach.sentence, {
      limit: breach.limit,
      limitOf: breach.limitOf,
    });
  }
}

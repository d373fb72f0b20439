import type { Transaction } from '../../database/transaction.ts';
import { lockPlan } from '../tenancy/lock-plan.ts';
import { refuseBeyondPlan } from '../tenancy/refuse-beyond-plan.ts';
import { refuseWhileWaiting } from '../tenancy/refuse-while-waiting.ts';
import { countCheckedMonitors, countMonitors } from './monitor-rows.ts';

/**
 * Locks the organization and refuses what its plan does not allow, and anything at all once it waits to be deleted.
 *
 * @param wanted `adds`: one monitor more of all there are, one more of those that are checked, or none
 * @throws Refusal `plan_limit_reached`, with the limit; `conflict`
 */
export async function assertWithinPlan(
  tx: Transaction,
  tenantId: string,
  wanted: { adds: 'monitor' | 'checked' | 'none'; intervalSeconds: number; regions: number },
): Promise<void> {
  const plan = await lockPlan(tx, tenantId);
  await refuseWhileWaiting(tx, tenantId);
  refuseBeyondPlan(plan, {
    monitorsBefore: await countBefore(tx, wanted.adds),
    intervalSeconds: wanted.intervalSeconds,
    regions: wanted.regions,
  });
}

/** After Pro was lost there may be more monitors than the plan has, paused: resuming one is then like adding one. */
function countBefore(tx: Transaction, adds: 'monitor' | 'checked' | 'none'): Promise<number> | number {
  switch (adds) {
    case 'monitor':
      return countMonitors(tx);
    case 'checked':
      return countCheckedMonitors(tx);
    case 'none':
      return 0;
    default:
      return adds satisfies never;
  }
}

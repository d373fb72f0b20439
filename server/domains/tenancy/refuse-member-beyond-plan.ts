import { PLANS } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { countMembers } from './member-rows.ts';
import { refuseBeyondPlan } from './refuse-beyond-plan.ts';
import { lockPlanOf } from './tenant-rows.ts';

/**
 * Locks the organization, and refuses one member more than its plan has. One that is gone refuses nobody here.
 *
 * @throws Refusal `plan_limit_reached`
 */
export async function refuseMemberBeyondPlan(tx: Transaction, tenantId: string): Promise<void> {
  const tenant = await lockPlanOf(tx, tenantId);
  if (tenant === null || PLANS[tenant.plan].members === null) return;
  refuseBeyondPlan(tenant.plan, { membersBefore: await countMembers(tx, tenantId) });
}

import { breachOfPlan, type PlanName, type Wanted } from '../../../shared/billing/plans.ts';
import { Refusal } from '../../refusal.ts';

/**
 * Refuses what a plan does not allow. What is counted must have been counted with the organization's row locked (`lock-plan.ts`).
 *
 * @throws Refusal `plan_limit_reached`, with the limit
 */
export function refuseBeyondPlan(plan: PlanName, wanted: Wanted): void {
  const breach = breachOfPlan(plan, wanted);
  if (breach === null) return;
  const { sentence, limit, limitOf } = breach;
  throw new Refusal('plan_limit_reached', sentence, { limit, limitOf });
}

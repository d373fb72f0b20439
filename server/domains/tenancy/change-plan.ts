import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { PlanName } from '../../../shared/billing/plans.ts';
import { PLAN_CHANGED_EVENT } from '../../../shared/jobs/queues.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockPlanOf, setPlanOf } from './tenant-rows.ts';

/**
 * Puts an organization on a plan, and tells of it in the same commit where that is another. Whoever asks for it writes it down.
 *
 * @param plan null: the one that it has
 * @returns its name and the plan it had; null when it is gone
 */
export async function changePlan(
  tx: Transaction,
  boss: PgBoss,
  tenantId: string,
  plan: PlanName | null,
): Promise<{ name: string; before: PlanName; after: PlanName } | null> {
  const found = await lockPlanOf(tx, tenantId);
  if (found === null) return null;
  const after = plan ?? found.plan;
  if (after !== found.plan) {
    await setPlanOf(tx, tenantId, after);
    await boss.publish(PLAN_CHANGED_EVENT, { tenantId }, { db: fromDrizzle(tx, sql) });
  }
  return { name: found.name, before: found.plan, after };
}

import type { PlanName } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { planOf } from './tenant-rows.ts';

/** The organization's plan as it is now, without locking anything. */
export function readPlan(tx: Transaction, tenantId: string): Promise<PlanName> {
  return planOf(tx, tenantId);
}

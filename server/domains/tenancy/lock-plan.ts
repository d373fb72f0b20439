import type { PlanName } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockTenantForCounting } from './tenant-rows.ts';

/**
 * The organization's plan, with its row locked until the transaction ends. Whoever is about to count something against
 * a limit calls this first, so that fifty parallel creates count one after the other and none passes the limit.
 */
export function lockPlan(tx: Transaction, tenantId: string): Promise<PlanName> {
  return lockTenantForCounting(tx, tenantId);
}

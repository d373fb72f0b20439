import type { PgBoss } from 'pg-boss';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { changePlan } from '../tenancy/change-plan.ts';
import { queueBillingMails } from './queue-billing-mails.ts';
import type { SubscriptionRow, SubscriptionTruth } from './subscription-rows.ts';

/** What became of an organization's subscription and plan, for the log. */
export type BillingChange = {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  planChanged: boolean;
};

/**
 * Makes of a subscription that was written what it is for the organization: its plan, an entry of its audit log, mails to its owners,
 * and word to whoever listens; all in the commit that writes it.
 *
 * @returns null where nothing changed that anybody would notice
 */
export async function announceChange(
  tx: Transaction,
  boss: PgBoss,
  row: SubscriptionRow,
  { truth, plan }: { truth: SubscriptionTruth; plan: PlanName | null },
): Promise<BillingChange | null> {
  const { tenantId } = row;
  const tenant = await changePlan(tx, boss, tenantId, plan);
  const change = changedFields(
    { ...tellable(row), plan: tenant?.before ?? null },
    { ...tellable(truth), plan: tenant?.after ?? null },
  );
  if (change === null) return null;
  const planChanged = tenant !== null && tenant.before !== tenant.after;
  if (tenant !== null) {
    await writeAudit(tx, {
      tenantId,
      actor: { kind: 'system' },
      action: planChanged ? 'plan.changed' : 'subscription.changed',
      subject: { kind: 'tenant', id: tenantId, name: tenant.name },
      ...change,
    });
    await queueBillingMails(tx, boss, tenantId, {
      before: { truth: row, plan: tenant.before },
      after: { truth, plan: tenant.after },
    });
  }
  return { ...change, planChanged };
}

function tellable({ state, currentPeriodEnd, cancelAt }: SubscriptionTruth) {
  return {
    state,
    currentPeriodEnd: currentPeriodEnd?.toISOString() ?? null,
    cancelAt: cancelAt?.toISOString() ?? null,
  };
}

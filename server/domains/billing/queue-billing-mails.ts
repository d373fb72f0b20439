import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { PlanName } from '../../../shared/billing/plans.ts';
import { billingMailQueue } from '../../../shared/jobs/billing-queues.ts';
import type { Transaction } from '../../database/transaction.ts';
import { listOwnerIds } from '../tenancy/list-owner-ids.ts';
import type { BillingMailKind } from './send-billing-mail.ts';
import type { SubscriptionTruth } from './subscription-rows.ts';

type Moment = { truth: SubscriptionTruth; plan: PlanName };

/** Has the organization's owners told of what changed, each by a mail of their own, once the transaction stands. */
export async function queueBillingMails(
  tx: Transaction,
  boss: PgBoss,
  tenantId: string,
  change: { before: Moment; after: Moment },
): Promise<void> {
  const kinds = newsOf(change.before, change.after);
  if (kinds.length === 0) return;
  const owners = await listOwnerIds(tx, tenantId);
  const jobs = kinds.flatMap((kind) => owners.map((userId) => ({ data: { tenantId, userId, kind } })));
  await boss.insert(billingMailQueue.name, jobs, { db: fromDrizzle(tx, sql) });
}

/** What of a change an owner wants to hear of by mail. */
function newsOf(before: Moment, after: Moment): BillingMailKind[] {
  if (before.plan === 'pro' && after.plan === 'free') return ['plan_lost'];
  if (after.plan === 'free') return [];
  const isNew = (state: SubscriptionTruth['state']) =>
    after.truth.state === state && before.truth.state !== state;
  if (isNew('past_due')) return ['payment_failed'];
  return isNew('canceled') ? ['canceled'] : [];
}

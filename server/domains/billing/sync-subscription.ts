import type { PgBoss } from 'pg-boss';
import type { PlanName } from '../../../shared/billing/plans.ts';
import { isLive } from '../../../shared/billing/subscription-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import { announceChange, type BillingChange } from './announce-change.ts';
import type { StripeAccess } from './create-stripe.ts';
import { judgeSubscriptions } from './judge-subscriptions.ts';
import { queueEnd } from './queue-end.ts';
import { readSubscriptions } from './read-subscriptions.ts';
import { readSubscription, type SubscriptionTruth, writeSubscription } from './subscription-rows.ts';

/** What takes part when billing asks Stripe and writes down what it said. */
export type SyncNeeds = {
  stripe: StripeAccess;
  tenant: (id: string) => Tenant;
  boss: PgBoss;
  config: { defaultPlan: PlanName };
  log: Logger;
};

/** Each try that fails let another one through: so many would have to come in between. */
const MOST_TRIES = 10;

/**
 * Writes down what Stripe says now of an organization's subscription, and has its plan follow. The one way in which that is ever
 * written, whoever asks: whatever is heard of Stripe in whatever order, and however often, ends the same.
 * Who asked before somebody else wrote asks again, so that an older answer never replaces a newer one; no
 * transaction is open while Stripe is asked.
 *
 * @returns what it is now; null for an organization that never wanted to pay
 * @throws Refusal `billing_unavailable`
 */
export async function syncSubscription(
  { stripe, tenant: tenantOf, boss, config, log }: SyncNeeds,
  cause: { tenantId: string; stripeEventId?: string },
): Promise<(SubscriptionTruth & { changed: boolean }) | null> {
  const { tenantId } = cause;
  const tenant = tenantOf(tenantId);
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    const row = await tenant.transaction((tx) => readSubscription(tx, tenantId));
    if (row === null) return null;
    const found = await readSubscriptions(stripe, log, cause, row.stripeCustomerId);
    const live = found.filter(isLive);
    if (live.length > 1) {
      log.error(
        { event: 'billing.two_subscriptions', ...cause, subscriptionIds: live.map(({ id }) => id) },
        'an organization pays twice',
      );
    }
    const judged = judgeSubscriptions(found, row, config.defaultPlan, new Date());
    const written = await tenant.transaction(async (tx) => {
      if (!(await writeSubscription(tx, row, judged.truth))) return null;
      await queueEnd(tx, boss, tenantId, { before: row, after: judged.truth });
      return { change: await announceChange(tx, boss, row, judged) };
    });
    if (written === null) continue;
    tell(log, cause, written.change);
    return { ...judged.truth, changed: written.change !== null };
  }
  throw new Error(`The subscription of ${tenantId} was written by others ${MOST_TRIES} times in a row.`);
}

function tell(log: Logger, cause: { tenantId: string }, change: BillingChange | null): void {
  if (change === null) {
    log.debug({ event: 'billing.unchanged', ...cause }, 'subscription as it was');
    return;
  }
  const { before, after, planChanged } = change;
  const event = planChanged ? 'billing.plan_changed' : 'billing.subscription_changed';
  log.info({ event, ...cause, before, after }, 'subscription changed');
}

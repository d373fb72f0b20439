import type { PlanName } from '../../../shared/billing/plans.ts';
import {
  chooseSubscription,
  endOf,
  isManageable,
  stateOf,
} from '../../../shared/billing/subscription-state.ts';
import type { StripeSubscription } from './subscription-facts.ts';
import type { SubscriptionRow, SubscriptionTruth } from './subscription-rows.ts';

/**
 * What to write of an organization's subscriptions. Pure.
 *
 * @param row what is written now
 * @param defaultPlan what organizations have here without paying
 * @returns `plan` is null where it is not for billing to say: it was never paid for
 */
export function judgeSubscriptions(
  found: readonly StripeSubscription[],
  row: Pick<SubscriptionRow, 'stripeSubscriptionId' | 'pastDueSince'>,
  defaultPlan: PlanName,
  now: Date,
): { truth: SubscriptionTruth; plan: PlanName | null } {
  const chosen = chooseSubscription(found);
  const pastDueSince = chosen?.status === 'past_due' ? (row.pastDueSince ?? now) : null;
  const { state, plan } = stateOf(chosen === null ? null : { ...chosen, pastDueSince }, now);
  const wasPaidFor = chosen !== null || row.stripeSubscriptionId !== null;
  const goesOn = chosen !== null && isManageable(chosen.status);
  return {
    truth: {
      stripeSubscriptionId: chosen?.id ?? row.stripeSubscriptionId,
      stripeStatus: chosen?.status ?? null,
      state,
      currentPeriodEnd: goesOn ? chosen.currentPeriodEnd : null,
      cancelAt: goesOn ? endOf(chosen) : null,
      pastDueSince,
    },
    plan: wasPaidFor ? (plan === 'free' ? defaultPlan : plan) : null,
  };
}

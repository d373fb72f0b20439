import type { PlanName } from '../../../shared/billing/plans.ts';
import { isManageable } from '../../../shared/billing/subscription-state.ts';
import { Refusal } from '../../refusal.ts';
import type { SubscriptionRow } from './subscription-rows.ts';

/**
 * Sells nobody what they have, or have and have not paid for: a second subscription would be charged beside the first.
 *
 * @param row null for an organization that never wanted to pay
 * @throws Refusal `already_subscribed`
 */
export function refuseWhenSubscribed(
  name: string,
  plan: PlanName,
  row: Pick<SubscriptionRow, 'state' | 'stripeStatus'> | null,
): void {
  const manage = 'Choose “Manage subscription” instead.';
  if (row?.state === 'canceled')
    throw refusal(`${name} is on Pro until the end of its period. Resume the subscription instead.`);
  if (row?.state === 'past_due' || row?.stripeStatus === 'unpaid')
    throw refusal(`${name} has a subscription with a payment that failed. ${manage}`);
  if (isManageable(row?.stripeStatus ?? null)) throw refusal(`${name} has a subscription already. ${manage}`);
  if (plan === 'pro') throw refusal(`${name} is on Pro already, and pays nothing for it.`);
}

const refusal = (sentence: string) => new Refusal('already_subscribed', sentence);

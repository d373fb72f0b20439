import { isManageable } from '../../../shared/billing/subscription-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import { Refusal } from '../../refusal.ts';
import { readSubscription, type SubscriptionRow } from './subscription-rows.ts';

/** The organization's subscription, where there is one to be managed. @throws Refusal `conflict` */
export async function requireSubscription(
  tenant: Tenant,
  organizationName: string,
): Promise<SubscriptionRow & { stripeSubscriptionId: string }> {
  const row = await tenant.transaction((tx) => readSubscription(tx, tenant.id));
  const stripeSubscriptionId = row?.stripeSubscriptionId ?? null;
  if (row === null || stripeSubscriptionId === null || !isManageable(row.stripeStatus))
    throw new Refusal('conflict', `${organizationName} has no subscription. Upgrade to Pro to get one.`);
  return { ...row, stripeSubscriptionId };
}

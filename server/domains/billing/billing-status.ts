import type { BillingStatus } from '../../../shared/billing/billing-status.ts';
import { graceEnd, isManageable } from '../../../shared/billing/subscription-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import type { StripeAccess } from './create-stripe.ts';
import { readSubscription } from './subscription-rows.ts';
import { countUsage } from './usage-rows.ts';

/** The organization's plan, its subscription and what it uses. All of it is the database's word, but for the price. */
export async function billingStatus(stripe: StripeAccess | null, tenant: Tenant): Promise<BillingStatus> {
  const read = await tenant.transaction(async (tx) => ({
    plan: await readPlan(tx, tenant.id),
    row: await readSubscription(tx, tenant.id),
    usage: await countUsage(tx),
  }));
  const { plan, row, usage } = read;
  return {
    available: stripe !== null,
    testMode: stripe?.settings.testMode ?? false,
    plan,
    state: row?.state ?? 'free',
    subscribed: isManageable(row?.stripeStatus ?? null),
    currentPeriodEnd: row?.currentPeriodEnd?.toISOString() ?? null,
    cancelAt: row?.cancelAt?.toISOString() ?? null,
    graceEndsAt: row?.pastDueSince ? graceEnd(row.pastDueSince).toISOString() : null,
    price: (await stripe?.price()) ?? null,
    usage,
  };
}

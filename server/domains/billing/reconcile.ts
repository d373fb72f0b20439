import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { isLive } from '../../../shared/billing/subscription-state.ts';
import { followRemovalInBillingQueue, syncQueue } from '../../../shared/jobs/billing-queues.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { readRemoval } from '../tenancy/read-removal.ts';
import { tenantsWithCustomers } from './customer-rows.ts';
import { fetchUndelivered } from './fetch-undelivered.ts';
import { judgeSubscriptions } from './judge-subscriptions.ts';
import { readAllSubscriptions } from './read-all-subscriptions.ts';
import type { StripeSubscription } from './subscription-facts.ts';
import { readSubscription, type SubscriptionTruth } from './subscription-rows.ts';
import type { SyncNeeds } from './sync-subscription.ts';

type Needed = Pick<SyncNeeds, 'stripe' | 'tenant' | 'boss' | 'config' | 'log'> & {
  pools: { system: pg.Pool };
};

/**
 * Compares everything that is paid for at Stripe with what is written here. What differs is mended by a job of its organization's, as
 * an event would have done; then the events that never arrived are taken in. Of who pays for nothing here the operator is told.
 */
export async function reconcile(services: Needed): Promise<void> {
  const { stripe, pools, boss, log } = services;
  const found = await readAllSubscriptions(stripe, log);
  const tenants = await tenantsWithCustomers(pools.system);
  const queues = { differs: syncQueue.name, gone: followRemovalInBillingQueue.name };
  const counts = { same: 0, differs: 0, gone: 0 };
  for (const { id: tenantId, customerId } of tenants) {
    const verdict = await compare(services, tenantId, found.get(customerId) ?? []);
    counts[verdict]++;
    if (verdict !== 'same') await boss.send(queues[verdict], { tenantId }, { singletonKey: tenantId });
  }
  const known = new Set(tenants.map(({ customerId }) => customerId));
  const strangers = [...found].filter(([customerId, each]) => !known.has(customerId) && each.some(isLive));
  for (const [stripeCustomerId] of strangers)
    log.warn({ event: 'billing.stranger', stripeCustomerId }, 'a customer pays and has no organization here');
  const events = await fetchUndelivered(services);
  log.info(
    { event: 'billing.reconciled', ...counts, strangers: strangers.length, ...events },
    'compared with stripe',
  );
}

/** @returns `gone` when the organization was deleted, and nobody heard of it who could reach Stripe */
async function compare(
  { tenant, config, log }: Needed,
  tenantId: string,
  found: readonly StripeSubscription[],
): Promise<'same' | 'differs' | 'gone'> {
  const here = await tenant(tenantId).transaction(async (tx) => {
    const row = await readSubscription(tx, tenantId);
    const isGone = (await readRemoval(tx, tenantId)) === 'done';
    return { row, isGone, plan: isGone ? null : await readPlan(tx, tenantId) };
  });
  const { row, isGone, plan } = here;
  if (row === null) return 'same';
  if (isGone) {
    log.warn({ event: 'billing.left_behind', tenantId }, 'the organization of a customer is gone');
    return 'gone';
  }
  const judged = judgeSubscriptions(found, row, config.defaultPlan, new Date());
  const before = { ...compared(row), plan };
  const after = { ...compared(judged.truth), plan: judged.plan ?? plan };
  if (isDeepStrictEqual(before, after)) return 'same';
  log.warn({ event: 'billing.difference_found', tenantId, before, after }, 'stripe says otherwise');
  return 'differs';
}

const compared = ({ state, currentPeriodEnd, cancelAt }: SubscriptionTruth) => ({
  state,
  currentPeriodEnd,
  cancelAt,
});

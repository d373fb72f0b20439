import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { GRACE_DAYS } from '../../../shared/billing/subscription-state.ts';
import { syncQueue } from '../../../shared/jobs/billing-queues.ts';
import { tenantsAtAnEnd } from './customer-rows.ts';

/**
 * Has Stripe asked about every organization for which something has ended by the clock: a missing payment takes Pro away after some
 * days, and no event of Stripe's says so.
 */
export async function watchEnds({
  pools,
  boss,
}: {
  pools: { system: pg.Pool };
  boss: PgBoss;
}): Promise<void> {
  const tenantIds = await tenantsAtAnEnd(pools.system, GRACE_DAYS);
  await boss.insert(
    syncQueue.name,
    tenantIds.map((tenantId) => ({ data: { tenantId }, singletonKey: tenantId })),
  );
}

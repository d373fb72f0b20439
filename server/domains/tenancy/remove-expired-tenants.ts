import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { REMOVAL_EVENT } from '../../../shared/jobs/queues.ts';
import { againAfterDeadlock } from '../../database/again-after-deadlock.ts';
import type { Identity } from '../../database/identity.ts';
import type { Logger } from '../../log.ts';
import { forgetChosenTenant } from '../accounts/forget-chosen-tenant.ts';
import { deleteExpiredTenant, expiredTenantIds } from './tenant-rows.ts';

type Needed = { identity: Identity; boss: PgBoss; pools: { system: pg.Pool }; log: Logger };

/**
 * Deletes for good each organization whose time to think again is over, in a transaction of its own, with all that points at it.
 * What does not is deleted by who hears of it. Whose deletion is taken back in this very instant stays.
 */
export async function removeExpiredTenants({ identity, boss, pools, log }: Needed): Promise<void> {
  for (const tenantId of await expiredTenantIds(pools.system)) {
    const removed = await againAfterDeadlock(() =>
      identity.transactionIn(tenantId, async (tx) => {
        if (!(await deleteExpiredTenant(tx, tenantId))) return false;
        await forgetChosenTenant(tx, tenantId);
        await boss.publish(REMOVAL_EVENT, { tenantId }, { db: fromDrizzle(tx, sql) });
        return true;
      }),
    );
    if (removed) log.info({ event: 'tenancy.removed', tenantId }, 'organization deleted');
  }
}

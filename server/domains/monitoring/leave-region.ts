import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { decideMonitorQueue } from '../../../shared/jobs/queues.ts';
import type { LeftRegion } from '../../../shared/monitoring/region-status.ts';
import { againAfterDeadlock } from '../../database/again-after-deadlock.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import {
  forgetHeldRegion,
  lockMonitorsOf,
  type RegionsOfMonitor,
  takeRegionAway,
} from './leave-region-rows.ts';

/** So many monitors an entry of the audit log names: pages of it are read by people, and hold a hundred of them. */
const MOST_NAMED = 20;

/**
 * Has no monitor of the organization checked from a region any more, but for those that are checked from nowhere else. Each
 * that lost it is decided anew by the regions left, and the audit log says how many they were, and which the first. Where none is, nothing happens.
 * Probers record many results at once in an order of their own: where the two wait for each other, this begins anew.
 */
export function leaveRegion(
  tenant: Tenant,
  boss: PgBoss,
  actor: Actor,
  { region }: { region: string },
): Promise<LeftRegion> {
  return againAfterDeadlock(() =>
    tenant.transaction(async (tx) => {
      const all = await lockMonitorsOf(tx, region);
      await forgetHeldRegion(tx, region);
      const leaving = all.filter(({ regions }) => regions.length > 1);
      const kept = all.filter(({ regions }) => regions.length === 1).map(({ id, name }) => ({ id, name }));
      if (leaving.length === 0) return { changed: 0, kept };
      const ids = leaving.map(({ id }) => id);
      const changed = await takeRegionAway(tx, region, ids);
      await decideAnew(tx, boss, tenant.id, ids);
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'region.left',
        subject: { kind: 'region', id: null, name: region },
        before: named(leaving),
        after: named(changed),
      });
      return { changed: leaving.length, kept };
    }),
  );
}

/** The first by name, how many there are, and how many of these are not named. */
const named = (monitors: RegionsOfMonitor[]) => ({
  count: monitors.length,
  monitors: monitors.slice(0, MOST_NAMED),
  more: Math.max(0, monitors.length - MOST_NAMED),
});

/** A paused monitor has nothing to decide, and its job finds that out. */
async function decideAnew(
  tx: Transaction,
  boss: PgBoss,
  tenantId: string,
  monitorIds: string[],
): Promise<void> {
  const jobs = monitorIds.map((monitorId) => ({ data: { tenantId, monitorId }, singletonKey: monitorId }));
  await boss.insert(decideMonitorQueue.name, jobs, { db: fromDrizzle(tx, sql) });
}

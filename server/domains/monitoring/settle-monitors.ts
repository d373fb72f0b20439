import type { PgBoss } from 'pg-boss';
import { againAfterDeadlock } from '../../database/again-after-deadlock.ts';
import type { Tenant } from '../../database/tenant.ts';
import { findUnsettled } from './find-unsettled.ts';
import { settleMonitor } from './settle-monitor.ts';

/**
 * Does to an organization's monitors what its plan asks for, and its deletion: beyond a plan's limit the newest rest, those that are checked
 * too often or from too many regions are slowed down and called home, and a larger plan gives all of it back; while the organization waits to be
 * deleted none is checked. Nothing that a person paused or set is touched. Each monitor is looked at anew in a transaction of its own, so
 * that it may be done twice, at once, or half, and whichever comes last leaves all as it should be.
 */
export async function settleMonitors(tenant: Tenant, boss: PgBoss): Promise<void> {
  const ids = await tenant.transaction((tx) => findUnsettled(tx, tenant.id));
  for (const monitorId of ids)
    await againAfterDeadlock(() =>
      tenant.transaction((tx) => settleMonitor(tx, { tenant, boss }, monitorId)),
    );
}

import type { PgBoss } from 'pg-boss';
import type { Tenant } from '../../database/tenant.ts';
import { readRemoval } from '../tenancy/read-removal.ts';
import { deleteLooseRows } from './follow-removal-rows.ts';
import { settleMonitors } from './settle-monitors.ts';

/**
 * Does to an organization's monitors what its deletion asks for: while it waits they rest, taken back they go on, but for those
 * that somebody paused and those that its plan does not allow any more, and once it is done whatever did not leave with the organization goes.
 */
export async function followRemoval(tenant: Tenant, boss: PgBoss): Promise<void> {
  const isDone = await tenant.transaction(async (tx) => {
    if ((await readRemoval(tx, tenant.id)) !== 'done') return false;
    await deleteLooseRows(tx, tenant.id);
    return true;
  });
  if (!isDone) await settleMonitors(tenant, boss);
}

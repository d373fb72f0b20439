import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { keepSealedQueue } from '../../../shared/jobs/queues.ts';
import { listTenantIds } from '../tenancy/list-tenant-ids.ts';

/** Sends each organization the job that keeps its secrets sealed: its rows are for it alone to read and write. */
export async function keepAllSealed(system: pg.Pool, boss: PgBoss): Promise<void> {
  const tenantIds = await listTenantIds(system);
  await boss.insert(
    keepSealedQueue.name,
    tenantIds.map((tenantId) => ({ data: { tenantId }, singletonKey: tenantId })),
  );
}

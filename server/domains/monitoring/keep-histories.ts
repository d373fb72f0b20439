import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { keepHistoryQueue } from '../../../shared/jobs/queues.ts';
import { listTenantIds } from '../tenancy/list-tenant-ids.ts';

/** Sends each organization the job that keeps its history: what is in the tables it alone may read and write. */
export async function keepHistories(system: pg.Pool, boss: PgBoss): Promise<void> {
  const tenantIds = await listTenantIds(system);
  await boss.insert(
    keepHistoryQueue.name,
    tenantIds.map((tenantId) => ({ data: { tenantId }, singletonKey: tenantId })),
  );
}

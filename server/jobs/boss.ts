import { PgBoss } from 'pg-boss';
import type { Logger } from '../log.ts';

/**
 * pg-boss as the system role uses it: it works jobs and keeps schedules, and may change no table. The migration
 * installs its schema and makes its queues.
 */
export function createBoss(connectionString: string, log: Logger): PgBoss {
  const boss = new PgBoss({
    connectionString,
    schema: 'pgboss',
    application_name: 'statuswatch-jobs',
    max: 8,
    migrate: false,
    createSchema: false,
    persistQueueStats: false,
    reindex: false,
    useListenNotify: true,
    instanceName: 'server',
    queueCacheIntervalSeconds: 60,
  });
  boss.on('error', (error) => log.error({ event: 'jobs.error', err: error }, 'pg-boss'));
  boss.on('warning', (warning) => log.warn({ event: 'jobs.warning', warning }, 'pg-boss'));
  return boss;
}

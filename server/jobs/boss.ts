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
  boss.on('error', (error) => log.error({ event: 'jobs.error', err: asError(error) }, 'pg-boss'));
  boss.on('warning', (warning) => log.warn({ event: 'jobs.warning', warning }, 'pg-boss'));
  return boss;
}

/** What its workers meet comes as a copy that is no Error, of which the log would write "[object Object]". */
function asError(met: Error): Error {
  return met instanceof Error ? met : Object.assign(new Error(), met);
}

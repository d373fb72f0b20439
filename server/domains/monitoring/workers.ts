import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import {
  decideMonitorQueue,
  findOverdueQueue,
  keepHistoriesQueue,
  keepHistoryQueue,
} from '../../../shared/jobs/queues.ts';
import type { Tenant } from '../../database/tenant.ts';
import { worker } from '../../jobs/worker.ts';
import { decideMonitor } from './decide-monitor.ts';
import { findOverdue } from './find-overdue.ts';
import { keepHistories } from './keep-histories.ts';
import { keepHistory } from './keep-history.ts';

type Needed = { boss: PgBoss; tenant: (id: string) => Tenant; pools: { system: pg.Pool } };

export const monitoringWorkers = (services: Needed) => [
  worker(decideMonitorQueue, { concurrency: 8 }, ({ tenantId, monitorId }) =>
    decideMonitor(services.tenant(tenantId), services.boss, monitorId),
  ),
  worker(findOverdueQueue, { everyCron: '* * * * *' }, () =>
    findOverdue(services.pools.system, services.boss),
  ),
  worker(keepHistoriesQueue, { everyCron: '25 */6 * * *' }, () =>
    keepHistories(services.pools.system, services.boss),
  ),
  worker(keepHistoryQueue, {}, ({ tenantId }) => keepHistory(services.tenant(tenantId), Date.now())),
];

import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import {
  decideMonitorQueue,
  findOverdueQueue,
  followPlanQueue,
  followRemovalQueue,
  keepAllSealedQueue,
  keepHistoriesQueue,
  keepHistoryQueue,
  keepSealedQueue,
} from '../../../shared/jobs/queues.ts';
import type { Tenant } from '../../database/tenant.ts';
import { worker } from '../../jobs/worker.ts';
import type { Logger } from '../../log.ts';
import { decideMonitor } from './decide-monitor.ts';
import { findOverdue } from './find-overdue.ts';
import { followRemoval } from './follow-removal.ts';
import { keepAllSealed } from './keep-all-sealed.ts';
import { keepHistories } from './keep-histories.ts';
import { keepHistory } from './keep-history.ts';
import { keepSealed } from './keep-sealed.ts';
import { settleMonitors } from './settle-monitors.ts';

type Needed = {
  boss: PgBoss;
  tenant: (id: string) => Tenant;
  pools: { system: pg.Pool };
  log: Logger;
};

export const monitoringWorkers = (services: Needed) => [
  worker(decideMonitorQueue, { concurrency: 8 }, ({ tenantId, monitorId }) =>
    decideMonitor(services.tenant(tenantId), services.boss, monitorId),
  ),
  worker(findOverdueQueue, { everyCron: '* * * * *' }, () =>
    findOverdue(services.pools.system, services.boss),
  ),
  worker(followPlanQueue, {}, ({ tenantId }) => settleMonitors(services.tenant(tenantId), services.boss)),
  worker(followRemovalQueue, {}, ({ tenantId }) => followRemoval(services.tenant(tenantId), services.boss)),
  worker(keepHistoriesQueue, { everyCron: '25 */6 * * *' }, () =>
    keepHistories(services.pools.system, services.boss),
  ),
  worker(keepHistoryQueue, {}, ({ tenantId }) => keepHistory(services.tenant(tenantId), Date.now())),
  worker(keepAllSealedQueue, { everyCron: '50 3 * * *' }, () =>
    keepAllSealed(services.pools.system, services.boss),
  ),
  worker(keepSealedQueue, {}, ({ tenantId }) => keepSealed(services.tenant(tenantId), services.log)),
];

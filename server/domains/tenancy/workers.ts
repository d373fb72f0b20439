import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { removeTenantsQueue } from '../../../shared/jobs/queues.ts';
import type { Identity } from '../../database/identity.ts';
import { worker } from '../../jobs/worker.ts';
import type { Logger } from '../../log.ts';
import { removeExpiredTenants } from './remove-expired-tenants.ts';

type Needed = { identity: Identity; boss: PgBoss; pools: { system: pg.Pool }; log: Logger };

export const tenancyWorkers = (services: Needed) => [
  worker(removeTenantsQueue, { everyCron: '7 * * * *' }, () => removeExpiredTenants(services)),
];

import type pg from 'pg';
import { partitionsQueue } from '../../../shared/jobs/queues.ts';
import { worker } from '../../jobs/worker.ts';
import { keepPartitions } from './keep-partitions.ts';

export const operationsWorkers = (services: { pools: { system: pg.Pool } }) => [
  worker(partitionsQueue, { everyCron: '5 * * * *' }, () => keepPartitions(services.pools.system)),
];

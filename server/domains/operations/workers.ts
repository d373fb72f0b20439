import type pg from 'pg';
import { keepProbersQueue, partitionsQueue } from '../../../shared/jobs/queues.ts';
import { worker } from '../../jobs/worker.ts';
import { keepPartitions } from './keep-partitions.ts';
import { keepProbers } from './keep-probers.ts';

export const operationsWorkers = (services: { pools: { system: pg.Pool } }) => [
  worker(partitionsQueue, { everyCron: '5 * * * *' }, () => keepPartitions(services.pools.system)),
  worker(keepProbersQueue, { everyCron: '40 4 * * *' }, () => keepProbers(services.pools.system)),
];

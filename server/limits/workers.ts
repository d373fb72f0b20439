import { sweepRateLimitsQueue } from '../../shared/jobs/queues.ts';
import { worker } from '../jobs/worker.ts';
import type { RateLimits } from './rate-limits.ts';

export const limitsWorkers = (services: { rateLimits: RateLimits }) => [
  worker(sweepRateLimitsQueue, { everyCron: '47 * * * *' }, () => services.rateLimits.sweep()),
];

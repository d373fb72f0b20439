import { sweepSessionsQueue } from '../../../shared/jobs/queues.ts';
import { worker } from '../../jobs/worker.ts';
import type { Sessions } from './sessions.ts';

export const accountsWorkers = (services: { sessions: Sessions }) => [
  worker(sweepSessionsQueue, { everyCron: '17 * * * *' }, () => services.sessions.sweep()),
];

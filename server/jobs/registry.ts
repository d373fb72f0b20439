import type { PgBoss } from 'pg-boss';
import * as v from 'valibot';
import type { Services } from '../compose.ts';
import { accountsWorkers } from '../domains/accounts/workers.ts';
import { monitoringWorkers } from '../domains/monitoring/workers.ts';
import { operationsWorkers } from '../domains/operations/workers.ts';
import { describeError, type Logger } from '../log.ts';
import type { Worker } from './worker.ts';

/** Every queue that is worked, every schedule and every subscription, in one list. */
export function allWorkers(services: Services): Worker[] {
  return [...accountsWorkers(services), ...monitoringWorkers(services), ...operationsWorkers(services)];
}

/** Which queues hear of which event. A domain that publishes knows none of them. */
const SUBSCRIPTIONS: { event: string; queue: string }[] = [];

/** Starts working every queue; call once, after `boss.start()`. */
export async function startWorkers(boss: PgBoss, services: Services, log: Logger): Promise<void> {
  for (const { event, queue } of SUBSCRIPTIONS) await boss.subscribe(event, queue);
  for (const worker of allWorkers(services)) {
    if (worker.everyCron !== undefined)
      await boss.schedule(worker.queue.name, worker.everyCron, null, { tz: 'UTC' });
    await boss.work(
      worker.queue.name,
      { pollingIntervalSeconds: 1, batchSize: 1, localConcurrency: worker.concurrency ?? 1 },
      async ([job]) => {
        if (job === undefined) return;
        const startedAt = performance.now();
        try {
          await worker.handle(v.parse(worker.queue.payload, job.data));
        } catch (error) {
          log.error(
            { event: 'jobs.failed', queue: worker.queue.name, jobId: job.id, err: error },
            'job failed',
          );
          throw tellable(error);
        }
        const durationMs = Math.round(performance.now() - startedAt);
        log.debug({ event: 'jobs.done', queue: worker.queue.name, jobId: job.id, durationMs }, 'job done');
      },
    );
  }
}

/** The error as a failed job keeps it: every sender and every operator can read that. */
function tellable(error: unknown): Error {
  const { type, message, ...more } = describeError(error);
  return Object.assign(new Error(message), { name: type, ...more });
}

import type { Job, JobResult, PgBoss } from 'pg-boss';
import * as v from 'valibot';
import { followRemovalInBillingQueue } from '../../shared/jobs/billing-queues.ts';
import {
  followPlanQueue,
  followRemovalQueue,
  PLAN_CHANGED_EVENT,
  REMOVAL_EVENT,
} from '../../shared/jobs/queues.ts';
import type { Services } from '../compose.ts';
import { accountsWorkers } from '../domains/accounts/workers.ts';
import { billingWorkers } from '../domains/billing/workers.ts';
import { monitoringWorkers } from '../domains/monitoring/workers.ts';
import { operationsWorkers } from '../domains/operations/workers.ts';
import { tenancyWorkers } from '../domains/tenancy/workers.ts';
import { limitsWorkers } from '../limits/workers.ts';
import { describeError, type Logger } from '../log.ts';
import { FailedForGood } from './failed-for-good.ts';
import type { Worker } from './worker.ts';

/** Every queue that is worked, every schedule and every subscription, in one list. */
export function allWorkers(services: Services): Worker[] {
  return [
    ...accountsWorkers(services),
    ...tenancyWorkers(services),
    ...billingWorkers(services),
    ...monitoringWorkers(services),
    ...operationsWorkers(services),
    ...limitsWorkers(services),
  ];
}

/** Which queues hear of which event. A domain that publishes knows none of them. */
const SUBSCRIPTIONS: { event: string; queue: string }[] = [
  { event: REMOVAL_EVENT, queue: followRemovalQueue.name },
  { event: PLAN_CHANGED_EVENT, queue: followPlanQueue.name },
  { event: REMOVAL_EVENT, queue: followRemovalInBillingQueue.name },
];

/** Starts working every queue; call once, after `boss.start()`. */
export async function startWorkers(boss: PgBoss, services: Services, log: Logger): Promise<void> {
  for (const { event, queue } of SUBSCRIPTIONS) await boss.subscribe(event, queue);
  for (const worker of allWorkers(services)) {
    // Who was away at one of its times, as a machine that sleeps at night, gets one job for all of them when he is back.
    if (worker.everyCron !== undefined)
      await boss.schedule(worker.queue.name, worker.everyCron, null, { tz: 'UTC', missed: 'once' });
    await boss.work(
      worker.queue.name,
      {
        // Many jobs of one commit make one notification. Full batches are fetched until one is not, and a worker looks by
        // itself in a second: pg-boss would leave the rest of a burst lying for 30 s.
        batchSize: worker.concurrency ?? 1,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        perJobResults: true,
      },
      (jobs) => Promise.all(jobs.map((job) => work(worker, job, log))),
    );
  }
}

/** Works one job of a batch: what fails fails alone, and is tried again as its queue says. */
async function work(worker: Worker, job: Job<unknown>, log: Logger): Promise<JobResult> {
  const { id } = job;
  const queue = worker.queue.name;
  const startedAt = performance.now();
  try {
    await worker.handle(v.parse(worker.queue.payload, job.data));
  } catch (error) {
    const forGood = error instanceof FailedForGood;
    log.error({ event: 'jobs.failed', queue, jobId: id, forGood, err: error }, 'job failed');
    return { id, status: forGood ? 'deadletter' : 'failed', output: tellable(error) };
  }
  const durationMs = Math.round(performance.now() - startedAt);
  log.debug({ event: 'jobs.done', queue, jobId: id, durationMs }, 'job done');
  return { id, status: 'completed' };
}

/** The error as a failed job keeps it: every sender and every operator can read that. */
function tellable(error: unknown): Error {
  const { type, message, ...more } = describeError(error);
  return Object.assign(new Error(message), { name: type, ...more });
}

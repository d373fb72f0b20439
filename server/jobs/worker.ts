import type * as v from 'valibot';
import type { QueueDefinition } from '../../shared/jobs/queue-definition.ts';

/** What works a queue: its handler, how many jobs it takes at once, and when a job comes by itself. */
export type Worker = {
  queue: QueueDefinition;
  /** A cron expression, UTC: a job is sent at each of its times. */
  everyCron?: string;
  /** How many jobs are worked at the same time in this process. */
  concurrency?: number;
  handle: (payload: unknown) => Promise<void>;
};

/** Ties a handler to a queue, its payload typed by the queue's own schema. */
export function worker<Q extends QueueDefinition>(
  queue: Q,
  options: { everyCron?: string; concurrency?: number },
  handle: (payload: v.InferOutput<Q['payload']>) => Promise<void>,
): Worker {
  return { queue, ...options, handle: (payload) => handle(payload as v.InferOutput<Q['payload']>) }; // parsed by the registry, with this schema
}

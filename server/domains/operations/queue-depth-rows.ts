import type pg from 'pg';

export type QueueDepth = { queue: string; state: string; jobs: number };

/** How many jobs each queue holds, by state, finished ones left out. */
export async function readQueueDepths(system: pg.Pool): Promise<QueueDepth[]> {
  const { rows } = await system.query<QueueDepth>(
    `select name as queue, state, jobs from ops.queues where state not in ('completed', 'cancelled')`,
  );
  return rows;
}

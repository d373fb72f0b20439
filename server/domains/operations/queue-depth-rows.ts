import type pg from 'pg';

/** How many jobs each queue holds, by state, finished ones left out. */
export async function readQueueDepths(
  system: pg.Pool,
): Promise<{ queue: string; state: string; jobs: number }[]> {
  const { rows } = await system.query<{ queue: string; state: string; jobs: number }>(
    `select name as queue, state, jobs from ops.queues where state not in ('completed', 'cancelled')`,
  );
  return rows;
}

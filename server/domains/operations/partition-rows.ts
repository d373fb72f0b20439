import type pg from 'pg';

/** Makes the partitions of yesterday to a week from now that are not there yet. */
export async function ensurePartitions(system: pg.Pool): Promise<void> {
  await system.query('select ops.ensure_partitions()');
}

/** Drops the partitions of days that ended `openDays` days ago or earlier and in which nothing waits to be packed. */
export async function dropPartitions(system: pg.Pool, openDays: number): Promise<void> {
  await system.query('select ops.drop_partitions($1)', [openDays]);
}

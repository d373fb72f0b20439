import type pg from 'pg';

/** Makes the partitions of yesterday to a week from now that are not there yet. */
export async function ensurePartitions(system: pg.Pool): Promise<void> {
  await system.query('select ops.ensure_partitions()');
}

/** Drops the partitions of days that ended more than `keptDays` days ago. */
export async function dropPartitions(system: pg.Pool, keptDays: number): Promise<void> {
  await system.query('select ops.drop_partitions($1)', [keptDays]);
}

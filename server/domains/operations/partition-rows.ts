import type pg from 'pg';

/** Makes the partitions of `openDays` days ago to a week from now that are not there yet. */
export async function ensurePartitions(system: pg.Pool, openDays: number): Promise<void> {
  await system.query(
    `select ops.ensure_partitions(today - $1::int, today + 7) from (select (now() at time zone 'utc')::date as today) t`,
    [openDays],
  );
}

/** Drops the partitions of days more than `openDays` days ago in which nothing waits to be packed. */
export async function dropPartitions(system: pg.Pool, openDays: number): Promise<void> {
  await system.query('select ops.drop_partitions($1)', [openDays]);
}

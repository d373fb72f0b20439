import type pg from 'pg';
import { dropPartitions, ensurePartitions } from './partition-rows.ts';

/**
 * How late a result may come, at least: so long a day stays open for one that waited on a prober's disk, to be packed like
 * the others. A day that is packed is empty; what it costs is that every question about results considers it.
 */
const OPEN_DAYS = 14;

/**
 * Makes the partitions of the days ahead and of those that are open, and drops what is older and empty; a day in which a
 * result waits to be packed stays. Both are functions of the owner that the system role may call: it can make no table itself.
 */
export async function keepPartitions(system: pg.Pool): Promise<void> {
  await ensurePartitions(system, OPEN_DAYS);
  await dropPartitions(system, OPEN_DAYS);
}

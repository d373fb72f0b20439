import type pg from 'pg';
import { dropPartitions, ensurePartitions } from './partition-rows.ts';

/**
 * How late a result may come: so long a day stays open for one that waited on a prober's disk, to be packed like the
 * others. A day that is packed is empty and costs next to nothing.
 */
const OPEN_DAYS = 30;

/**
 * Makes the partitions of the days ahead and drops those that are past and empty; one in which a result waits to be
 * packed stays. Both are functions of the owner that the system role may call: it can make no table itself.
 */
export async function keepPartitions(system: pg.Pool): Promise<void> {
  await ensurePartitions(system);
  await dropPartitions(system, OPEN_DAYS);
}

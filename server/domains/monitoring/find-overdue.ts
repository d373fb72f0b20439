import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { decideMonitorQueue, findOverdueQueue } from '../../../shared/jobs/queues.ts';
import { listDueDecisions, listOverdueRows } from './overdue-rows.ts';

/** How often it is looked for checks that were due and never made. */
const EVERY_SECONDS = 5;

/**
 * Finds monitors with a check overdue by two intervals (30 s at least), and those whose flapping may be over, and has each
 * decided anew, by its organization's own job. Then sends its own next run: pg-boss's clock only knows minutes, and restarts
 * this chain if it ever broke.
 */
export async function findOverdue(system: pg.Pool, boss: PgBoss): Promise<void> {
  const overdue = await listOverdueRows(system);
  const due = await listDueDecisions(system);
  await boss.insert(
    decideMonitorQueue.name,
    [...overdue, ...due].map((data) => ({ data, singletonKey: data.monitorId })),
  );
  await boss.send(findOverdueQueue.name, null, { startAfter: EVERY_SECONDS });
}

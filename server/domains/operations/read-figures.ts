import type pg from 'pg';
import { type ProberFigures, readProberFigures } from './prober-figure-rows.ts';
import { type QueueDepth, readQueueDepths } from './queue-depth-rows.ts';

/** What `/metrics` shows of the database: any server answers for all. */
export type Figures = { queues: QueueDepth[]; probers: ProberFigures[] };

/** Reads the depth of every queue and what each prober last said of itself. */
export async function readFigures(system: pg.Pool): Promise<Figures> {
  const [queues, probers] = await Promise.all([readQueueDepths(system), readProberFigures(system)]);
  return { queues, probers };
}

import { sql } from 'drizzle-orm';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The spans of a monitor that reach into the time since `fromMs`, oldest first; instants in epoch milliseconds. */
export async function listSpans(
  tx: Transaction,
  monitorId: string,
  fromMs: number,
): Promise<{ fromMs: number; toMs: number | null; state: MonitorState }[]> {
  const { rows } = await tx.execute<{ from_ms: number; to_ms: number | null; state: MonitorState }>(sql`
    select extract(epoch from from_at)::double precision * 1000 as from_ms,
      extract(epoch from to_at)::double precision * 1000 as to_ms, state
    from state_spans
    where monitor_id = ${monitorId} and (to_at is null or to_at > to_timestamp(${fromMs / 1000}))
    order by from_at`);
  return rows.map((row) => ({ fromMs: row.from_ms, toMs: row.to_ms, state: row.state }));
}

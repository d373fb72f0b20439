import { sql } from 'drizzle-orm';
import type { Transaction } from '../../database/transaction.ts';
import { toIso } from './monitor-view-rows.ts';

export type Region = {
  name: string;
  lastSeenAt: string;
  /** Whether a prober of it was seen within the last hour. */
  served: boolean;
};

/** Every region where a prober ever ran, the first to appear first. */
export async function listRegionRows(tx: Transaction): Promise<Region[]> {
  const { rows } = await tx.execute<{ region: string; last_seen_at: string; served: boolean }>(
    sql`select region, max(last_seen_at) as last_seen_at, max(last_seen_at) > now() - interval '1 hour' as served
      from prober_instances group by region order by min(started_at), region`,
  );
  return rows.map((row) => ({ name: row.region, lastSeenAt: toIso(row.last_seen_at), served: row.served }));
}

import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { checkEvidence } from '../../../drizzle/schema/evidence.ts';
import type { RegionEvidence } from '../../../shared/monitoring/decide-monitor-state.ts';
import type { Transaction } from '../../database/transaction.ts';
import { SILENCE_SQL } from './silence-sql.ts';

/**
 * What each region of a monitor last said, and since when it is silent, if it is: no result, or none but void. Waits for a result that is being
 * recorded: it may have left the decision to the very job that asks here.
 */
export async function readEvidence(tx: Transaction, monitorId: string): Promise<RegionEvidence[]> {
  const { rows } = await tx.execute<{
    region: string;
    outcome: 'up' | 'degraded' | 'down' | null;
    streak: number;
    last_slot_ms: number | null;
    turned_ms: number | null;
    reason: string | null;
    code: string | null;
    silent_since_ms: number | null;
    cut_off: boolean;
  }>(sql`
    select o.region, o.outcome, o.streak, extract(epoch from o.last_slot_at)::float8 * 1000 as last_slot_ms,
      extract(epoch from o.turned_at)::float8 * 1000 as turned_ms, o.reason, o.code,
      extract(epoch from least(case when ${sql.raw(SILENCE_SQL.overdue)} then s.due_at end,
        case when ${sql.raw(SILENCE_SQL.cutOff)} then o.void_since end))::float8 * 1000 as silent_since_ms,
      coalesce(${sql.raw(SILENCE_SQL.cutOff)} and not ${sql.raw(SILENCE_SQL.overdue)}, false) as cut_off
    from region_outcomes o
    left join check_schedule s on s.tenant_id = o.tenant_id and s.monitor_id = o.monitor_id and s.region = o.region
      and not s.verification
    where o.monitor_id = ${monitorId} order by o.region for share of o`);
  return rows.map((row) => ({
    region: row.region,
    outcome: row.outcome,
    streak: row.streak,
    lastSlotMs: row.last_slot_ms === null ? null : Math.round(row.last_slot_ms),
    turnedMs: row.turned_ms === null ? null : Math.round(row.turned_ms),
    reason: row.reason,
    code: row.code,
    silentSinceMs: row.silent_since_ms === null ? null : Math.round(row.silent_since_ms),
    cutOff: row.cut_off,
  }));
}

/** Ties to a change what its checks since then sent and got, as far as it belongs to no other. @param fromMs epoch milliseconds */
export async function tieEvidence(
  tx: Transaction,
  monitorId: string,
  stateChangeId: string,
  fromMs: number,
): Promise<void> {
  await tx
    .update(checkEvidence)
    .set({ stateChangeId })
    .where(
      and(
        eq(checkEvidence.monitorId, monitorId),
        isNull(checkEvidence.stateChangeId),
        gte(checkEvidence.slotAt, new Date(fromMs)),
      ),
    );
}

const bad = (evidence: string) => sql.raw(`${evidence}.finding ->> 'outcome' in ('down', 'degraded')`);

/**
 * Deletes what these monitors' checks sent and got before then and counted towards no change, but for each region's newest
 * failure.
 *
 * @param beforeMs epoch milliseconds
 */
export async function deleteLooseEvidence(
  tx: Transaction,
  monitorIds: readonly string[],
  beforeMs: number,
): Promise<void> {
  await tx.execute(sql`
    delete from check_evidence e
    where e.monitor_id = any(${sql.param(monitorIds)}::uuid[]) and e.state_change_id is null
      and e.slot_at < ${new Date(beforeMs).toISOString()}::timestamptz
      and not (${bad('e')} and not exists (
        select from check_evidence n
        where n.tenant_id = e.tenant_id and n.monitor_id = e.monitor_id and n.region = e.region and n.slot_at > e.slot_at and ${bad('n')}))`);
}

/** Deletes all that these monitors' checks sent and got before then. @param beforeMs epoch milliseconds */
export async function deleteEvidenceBefore(
  tx: Transaction,
  monitorIds: readonly string[],
  beforeMs: number,
): Promise<void> {
  await tx
    .delete(checkEvidence)
    .where(
      and(
        sql`${checkEvidence.monitorId} = any(${sql.param(monitorIds)}::uuid[])`,
        lt(checkEvidence.slotAt, new Date(beforeMs)),
      ),
    );
}

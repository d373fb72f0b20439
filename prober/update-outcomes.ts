import type pg from 'pg';
import { arrayOf, instant, keysOf } from './batch-columns.ts';
import type { HeardCheck } from './record-evidence.ts';
import type { FinishedCheck } from './record-results.ts';

/** Good answers count towards a change up to this many in a row: the most `recovery` there is. */
export const MOST_RECOVERY = 5;

/**
 * Brings the regions' last outcomes forward, never back, and returns the checks a decision may rest on, each with how often
 * in a row its region has now said the same: turns (1), what is not good, and what was asked for or came while it was. Only
 * a slot that still stands in the schedule speaks: a check of a monitor that was edited or paused meanwhile is of something
 * else.
 */
export async function updateOutcomes(
  client: pg.PoolClient,
  fresh: readonly FinishedCheck[],
): Promise<HeardCheck[]> {
  if (fresh.length === 0) return [];
  const { rows } = await client.query<{ monitor_id: string; region: string; streak: number }>({
    name: 'update-outcomes',
    text: `with turned as (
      update region_outcomes o set
        streak = case when o.outcome = v.outcome then o.streak + 1 else 1 end,
        turned_at = case when o.outcome = v.outcome then o.turned_at else v.slot_at end,
        outcome = v.outcome, last_slot_at = v.slot_at, last_checked_at = v.checked_at,
        code = v.code, reason = v.reason, latency_ms = v.latency_ms, void_since = null, recorded_at = now()
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::float4[], $10::bool[])
        as v(tenant_id, monitor_id, region, slot_at, checked_at, outcome, code, reason, latency_ms, verification)
      where o.tenant_id = v.tenant_id and o.monitor_id = v.monitor_id and o.region = v.region
        and (o.last_slot_at is null or o.last_slot_at < v.slot_at)
        and exists (select from check_schedule s where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id
          and s.region = v.region and s.verification = v.verification and s.due_at = v.slot_at)
      returning o.tenant_id, o.monitor_id, o.region, o.streak, o.outcome, v.verification
    ) select t.monitor_id, t.region, t.streak from turned t
    where t.streak = 1 or t.outcome <> 'up' or t.verification or (t.streak <= ${MOST_RECOVERY} and exists (
      select from check_schedule w where w.tenant_id = t.tenant_id and w.monitor_id = t.monitor_id and w.region = t.region
        and w.verification))`,
    values: [
      arrayOf(fresh.map(({ check }) => check.tenantId)),
      arrayOf(fresh.map(({ check }) => check.monitorId)),
      arrayOf(fresh.map(({ check }) => check.region)),
      arrayOf(fresh.map(({ check }) => instant(check.slotMs))),
      arrayOf(fresh.map(({ checkedAtMs }) => instant(checkedAtMs))),
      arrayOf(fresh.map(({ finding }) => finding.outcome)),
      arrayOf(fresh.map(({ finding }) => finding.code)),
      fresh.map(({ finding }) => finding.reason),
      arrayOf(fresh.map(({ finding }) => (finding.outcome === 'down' ? null : finding.timings.totalMs))),
      arrayOf(fresh.map(({ check }) => String(check.verification))),
    ],
  });
  if (rows.length === 0) return [];
  const keyOf = (monitorId: string, region: string) => `${monitorId}/${region}`;
  const streaks = new Map(rows.map((row) => [keyOf(row.monitor_id, row.region), row.streak]));
  return fresh.flatMap((finished) => {
    const streak = streaks.get(keyOf(finished.check.monitorId, finished.check.region));
    return streak === undefined ? [] : [{ finished, streak }];
  });
}

/**
 * Remembers since which slot a region had nothing to say. Returns the monitors where that has become silence: two intervals,
 * 30 s at least, and no decision knows of it yet.
 */
export async function noteVoid(
  client: pg.PoolClient,
  batch: FinishedCheck[],
): Promise<{ tenantId: string; monitorId: string }[]> {
  if (batch.length === 0) return [];
  const { rows } = await client.query<{ tenant_id: string; monitor_id: string }>({
    name: 'note-void',
    text: `with noted as (
      update region_outcomes o set void_since = coalesce(o.void_since, v.slot_at)
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::bool[])
        as v(tenant_id, monitor_id, region, slot_at, verification)
      where o.tenant_id = v.tenant_id and o.monitor_id = v.monitor_id and o.region = v.region
        and (o.last_slot_at is null or o.last_slot_at < v.slot_at)
        and exists (select from check_schedule s where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id
          and s.region = v.region and s.verification = v.verification and s.due_at = v.slot_at)
      returning o.tenant_id, o.monitor_id, o.region, o.void_since
    ) select n.tenant_id, n.monitor_id from noted n join check_schedule s
      on s.tenant_id = n.tenant_id and s.monitor_id = n.monitor_id and s.region = n.region and not s.verification
    where n.void_since < now() - make_interval(secs => greatest(2 * s.interval_seconds, 30))
      and s.overdue_noted_at is distinct from n.void_since`,
    values: [...keysOf(batch), arrayOf(batch.map(({ check }) => String(check.verification)))],
  });
  return rows.map((row) => ({ tenantId: row.tenant_id, monitorId: row.monitor_id }));
}

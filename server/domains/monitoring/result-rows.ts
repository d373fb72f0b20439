import { type SQL, sql } from 'drizzle-orm';
import type { Result } from '../../../shared/checks/check-result.ts';
import type { Outcome } from '../../../shared/checks/outcome.ts';
import type { ResultCode } from '../../../shared/checks/result-code.ts';
import type { SeriesPoint } from '../../../shared/monitoring/history.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toIso } from './monitor-view-rows.ts';

type ResultRow = {
  slot_at: string;
  checked_at: string;
  region: string;
  verification: boolean;
  outcome: Outcome;
  code: ResultCode;
  reason: string | null;
  status_code: number | null;
  dns_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  first_byte_ms: number | null;
  transfer_ms: number | null;
  total_ms: number;
};

export type ResultPosition = { slotAt: string; region: string };

/** Raw results of a monitor, newest first, behind `after`; `from` included, `to` not. Regions stand in the order of their bytes. */
export async function listResultRows(
  tx: Transaction,
  monitorId: string,
  filter: {
    from: string;
    to: string | null;
    outcome: Outcome | undefined;
    after: ResultPosition | null;
    /** Null: all there are. */
    limit: number | null;
  },
): Promise<Result[]> {
  const conditions: SQL[] = [sql`monitor_id = ${monitorId}`, sql`slot_at >= ${filter.from}::timestamptz`];
  if (filter.to !== null) conditions.push(sql`slot_at < ${filter.to}::timestamptz`);
  if (filter.outcome !== undefined) conditions.push(sql`outcome = ${filter.outcome}`);
  if (filter.after !== null) {
    conditions.push(
      sql`(slot_at, region collate "C") < (${filter.after.slotAt}::timestamptz, ${filter.after.region})`,
    );
  }
  const { rows } = await tx.execute<ResultRow>(sql`
    select slot_at, checked_at, region, verification, outcome, code, reason, status_code,
      dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms
    from check_results where ${sql.join(conditions, sql` and `)}
    order by slot_at desc, region collate "C" desc limit ${filter.limit}`);
  return rows.map((row) => ({
    slotAt: toIso(row.slot_at),
    checkedAt: toIso(row.checked_at),
    region: row.region,
    verification: row.verification,
    outcome: row.outcome,
    code: row.code,
    reason: row.reason,
    statusCode: row.status_code,
    timings: {
      dnsMs: row.dns_ms,
      connectMs: row.connect_ms,
      tlsMs: row.tls_ms,
      firstByteMs: row.first_byte_ms,
      transferMs: row.transfer_ms,
      totalMs: row.total_ms,
    },
  }));
}

type SeriesRow = {
  at: string;
  p50_ms: number | null;
  p95_ms: number | null;
  dns_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  first_byte_ms: number | null;
  transfer_ms: number | null;
  up: number;
  degraded: number;
  down: number;
  void: number;
};

/** Steps of `stepSeconds` in which there was a result, oldest first. Verifications are left out: they come in bursts. */
export async function seriesRows(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number; stepSeconds: number },
): Promise<SeriesPoint[]> {
  const { rows } = await tx.execute<SeriesRow>(sql`
    select
      to_timestamp(floor(extract(epoch from slot_at) / ${range.stepSeconds}) * ${range.stepSeconds}) as at,
      percentile_cont(0.5) within group (order by total_ms) filter (where outcome in ('up', 'degraded')) as p50_ms,
      percentile_cont(0.95) within group (order by total_ms) filter (where outcome in ('up', 'degraded')) as p95_ms,
      avg(coalesce(dns_ms, 0)) filter (where outcome in ('up', 'degraded')) as dns_ms,
      avg(coalesce(connect_ms, 0)) filter (where outcome in ('up', 'degraded')) as connect_ms,
      avg(coalesce(tls_ms, 0)) filter (where outcome in ('up', 'degraded')) as tls_ms,
      avg(coalesce(first_byte_ms, 0)) filter (where outcome in ('up', 'degraded')) as first_byte_ms,
      avg(coalesce(transfer_ms, 0)) filter (where outcome in ('up', 'degraded')) as transfer_ms,
      count(*) filter (where outcome = 'up') as up,
      count(*) filter (where outcome = 'degraded') as degraded,
      count(*) filter (where outcome = 'down') as down,
      count(*) filter (where outcome = 'void') as void
    from check_results
    where monitor_id = ${monitorId} and not verification
      and slot_at >= to_timestamp(${range.fromMs / 1000}) and slot_at < to_timestamp(${range.toMs / 1000})
    group by 1 order by 1`);
  return rows.map((row) => ({
    at: toIso(row.at),
    p50Ms: row.p50_ms,
    p95Ms: row.p95_ms,
    phases:
      row.dns_ms === null
        ? null
        : {
            dnsMs: row.dns_ms,
            connectMs: row.connect_ms ?? 0,
            tlsMs: row.tls_ms ?? 0,
            firstByteMs: row.first_byte_ms ?? 0,
            transferMs: row.transfer_ms ?? 0,
          },
    up: row.up,
    degraded: row.degraded,
    down: row.down,
    unknown: row.void,
  }));
}

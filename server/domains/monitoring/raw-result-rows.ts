import { sql } from 'drizzle-orm';
import type { Outcome } from '../../../shared/checks/outcome.ts';
import type { ResultCode } from '../../../shared/checks/result-code.ts';
import type { PackedResult } from '../../../shared/monitoring/packed-results.ts';
import type { Transaction } from '../../database/transaction.ts';

/** When the oldest raw result of a monitor was due, if that is before `beforeMs`; epoch milliseconds. */
export async function oldestRawResult(
  tx: Transaction,
  monitorId: string,
  beforeMs: number,
): Promise<number | null> {
  const { rows } = await tx.execute<{ oldest_ms: number }>(sql`
    select floor(extract(epoch from slot_at) * 1000)::float8 as oldest_ms from check_results
    where monitor_id = ${monitorId} and slot_at < to_timestamp(${beforeMs / 1000}) order by slot_at limit 1`);
  return rows[0]?.oldest_ms ?? null;
}

type TakenRow = {
  region: string;
  slot_ms: number;
  checked_ms: number;
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

/** Takes a monitor's raw results of a stretch of time (`toMs` not included) out of their table: who takes them keeps them. */
export async function takeRawResults(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<(PackedResult & { region: string })[]> {
  const { rows } = await tx.execute<TakenRow>(sql`
    delete from check_results
    where monitor_id = ${monitorId}
      and slot_at >= to_timestamp(${range.fromMs / 1000}) and slot_at < to_timestamp(${range.toMs / 1000})
    returning region, floor(extract(epoch from slot_at) * 1000)::float8 as slot_ms,
      floor(extract(epoch from checked_at) * 1000)::float8 as checked_ms, verification, outcome, code, reason,
      status_code, dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms`);
  return rows.map((row) => ({
    region: row.region,
    slotMs: row.slot_ms,
    checkedMs: row.checked_ms,
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

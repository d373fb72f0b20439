import type pg from 'pg';
import { instant } from './batch-columns.ts';
import type { FinishedCheck } from './record-results.ts';

/** Rows of one prepared insert: long enough that parsing it each time would cost more than the rows themselves. */
const PREPARED_ROWS = 100;

const RESULT_COLUMNS = [
  ['tenant_id', 'uuid'],
  ['monitor_id', 'uuid'],
  ['slot_at', 'timestamptz'],
  ['region', 'text'],
  ['checked_at', 'timestamptz'],
  ['verification', 'bool'],
  ['outcome', 'text'],
  ['code', 'text'],
  ['reason', 'text'],
  ['status_code', 'int2'],
  ['dns_ms', 'float4'],
  ['connect_ms', 'float4'],
  ['tls_ms', 'float4'],
  ['first_byte_ms', 'float4'],
  ['transfer_ms', 'float4'],
  ['total_ms', 'float4'],
] as const;

/** `values` and not `unnest`: a distributed Postgres makes a COPY of `insert ... select`, which row-level security refuses. */
function insertText(rows: number): string {
  const columns = RESULT_COLUMNS.length;
  const row = (index: number) =>
    RESULT_COLUMNS.map(([, type], column) => {
      const parameter = `$${index * columns + column + 1}`;
      return index === 0 ? `${parameter}::${type}` : parameter; // the first row says the types
    }).join(',');
  return `insert into check_results (${RESULT_COLUMNS.map(([name]) => name).join(', ')})
    values ${Array.from({ length: rows }, (_, index) => `(${row(index)})`).join(',')} on conflict do nothing`;
}

const PREPARED_INSERT = insertText(PREPARED_ROWS);

/** Writes results; one that stands already for its slot stays as it is. */
export async function insertResults(client: pg.PoolClient, batch: FinishedCheck[]): Promise<void> {
  for (let from = 0; from < batch.length; from += PREPARED_ROWS) {
    const rows = batch.slice(from, from + PREPARED_ROWS);
    const values = rows.flatMap(({ check, checkedAtMs, finding }) => {
      const { timings } = finding;
      return [
        check.tenantId,
        check.monitorId,
        instant(check.slotMs),
        check.region,
        instant(checkedAtMs),
        check.verification,
        finding.outcome,
        finding.code,
        finding.reason,
        finding.statusCode,
        timings.dnsMs,
        timings.connectMs,
        timings.tlsMs,
        timings.firstByteMs,
        timings.transferMs,
        timings.totalMs,
      ];
    });
    await client.query(
      rows.length === PREPARED_ROWS
        ? { name: 'insert-results', text: PREPARED_INSERT, values }
        : { text: insertText(rows.length), values },
    );
  }
}

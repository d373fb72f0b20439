import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { CheckFinding } from '../shared/checks/check-result.ts';
import { decideMonitorQueue } from '../shared/jobs/queues.ts';
import { nextSlotAfter } from '../shared/monitoring/check-grid.ts';
import type { ClaimedCheck } from './claim-due-checks.ts';

/** A finished check on its way into the database. */
export type FinishedCheck = {
  check: Omit<ClaimedCheck, 'spec'>;
  checkedAtMs: number;
  finding: CheckFinding;
};

/** Two intervals, and 30 s at least, after its slot a result is history: it announces nothing any more. */
const isLate = ({ check }: FinishedCheck, nowMs: number) =>
  nowMs - check.slotMs > Math.max(2 * check.intervalMs, 30_000);

/**
 * Writes a batch in one transaction: results (a replay of a slot changes nothing), the regions' outcomes, the next
 * slots; and, only where an outcome turned, a verification was asked for or a region has become silent, a job to decide.
 * No two results of one batch may be of the same monitor and region.
 */
export async function recordResults(
  pool: pg.Pool,
  boss: PgBoss,
  batch: FinishedCheck[],
  nowMs: number,
): Promise<void> {
  if (batch.length === 0) return;
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two queries the loss of a connection has no query to fail: heard by nobody, it would end the process.
  const onLoss = (error: Error) => {
    broken = error;
  };
  client.on('error', onLoss);
  try {
    await client.query('begin');
    await insertResults(client, batch);
    const fresh = batch.filter((finished) => finished.finding.outcome !== 'void' && !isLate(finished, nowMs));
    const turned = await updateOutcomes(client, fresh);
    const unheard = await noteVoid(
      client,
      batch.filter((finished) => finished.finding.outcome === 'void' && !isLate(finished, nowMs)),
    );
    await moveToNextSlots(
      client,
      batch.filter((finished) => !finished.check.verification),
      nowMs,
    );
    const verifications = batch.filter((finished) => finished.check.verification);
    await removeVerifications(client, verifications);
    const toDecide = new Map(
      [...turned, ...unheard, ...verifications.map(({ check }) => check)].map((key) => [
        key.monitorId,
        key.tenantId,
      ]),
    );
    if (toDecide.size > 0) {
      await boss.insert(
        decideMonitorQueue.name,
        [...toDecide].map(([monitorId, tenantId]) => ({
          data: { tenantId, monitorId },
          singletonKey: monitorId,
        })),
        { db: { executeSql: (text, values) => client.query(text, values) } },
      );
    }
    await client.query('commit');
  } catch (error) {
    try {
      await client.query('rollback');
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    client.off('error', onLoss);
    client.release(broken);
  }
}

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

async function insertResults(client: pg.PoolClient, batch: FinishedCheck[]): Promise<void> {
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

const instant = (epochMs: number) => new Date(epochMs).toISOString();

/** An array as Postgres reads it, quoted: a region may be called `null`. What comes here holds no quote and no backslash. */
const arrayOf = (items: readonly (string | number | null)[]) =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item}"`)).join(',')}}`;

/**
 * Brings the regions' last outcomes forward, never back, and returns the monitors where one turned. Only a slot that still
 * stands in the schedule speaks: a check of a monitor that was edited or paused meanwhile is of something else.
 */
async function updateOutcomes(
  client: pg.PoolClient,
  fresh: FinishedCheck[],
): Promise<{ tenantId: string; monitorId: string }[]> {
  if (fresh.length === 0) return [];
  const { rows } = await client.query<{ tenant_id: string; monitor_id: string }>({
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
      returning o.tenant_id, o.monitor_id, o.streak
    ) select tenant_id, monitor_id from turned where streak = 1`,
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
  return rows.map((row) => ({ tenantId: row.tenant_id, monitorId: row.monitor_id }));
}

/**
 * Remembers since which slot a region had nothing to say. Returns the monitors where that has become silence: two intervals,
 * 30 s at least, and no decision knows of it yet.
 */
async function noteVoid(
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

/** Ends the leases and moves each row to the next slot of its grid; a row that others have moved meanwhile stays. */
async function moveToNextSlots(client: pg.PoolClient, batch: FinishedCheck[], nowMs: number): Promise<void> {
  if (batch.length === 0) return;
  // A result that comes late skips what is older than an interval, as a claim would.
  const nextMs = ({ check }: FinishedCheck) =>
    nextSlotAfter(Math.max(check.slotMs, nowMs - check.intervalMs), check.intervalMs, check.phaseMs);
  await client.query({
    name: 'move-to-next-slots',
    text: `update check_schedule s set due_at = v.next_at, leased_by = null, lease_until = null
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
        as v(tenant_id, monitor_id, region, slot_at, next_at)
      where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id and s.region = v.region and not s.verification
        and s.due_at = v.slot_at`,
    values: [...keysOf(batch), arrayOf(batch.map((finished) => instant(nextMs(finished))))],
  });
}

async function removeVerifications(client: pg.PoolClient, batch: FinishedCheck[]): Promise<void> {
  if (batch.length === 0) return;
  await client.query({
    name: 'remove-verifications',
    text: `delete from check_schedule s
      using unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as v(tenant_id, monitor_id, region, slot_at)
      where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id and s.region = v.region and s.verification
        and s.due_at = v.slot_at`,
    values: keysOf(batch),
  });
}

/** Organization, monitor, region and slot of each, a column an array. */
function keysOf(batch: FinishedCheck[]): string[] {
  return [
    arrayOf(batch.map(({ check }) => check.tenantId)),
    arrayOf(batch.map(({ check }) => check.monitorId)),
    arrayOf(batch.map(({ check }) => check.region)),
    arrayOf(batch.map(({ check }) => instant(check.slotMs))),
  ];
}

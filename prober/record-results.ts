import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import type { CheckFinding } from '../shared/checks/check-result.ts';
import { decideMonitorQueue } from '../shared/jobs/queues.ts';
import { nextSlotAfter } from '../shared/monitoring/check-grid.ts';
import type { ClaimedCheck } from './claim-due-checks.ts';

/** A finished check on its way into the database. */
export type FinishedCheck = { check: ClaimedCheck; checkedAtMs: number; finding: CheckFinding };

/** Two intervals, and 30 s at least, after its slot a result is history: it announces nothing any more. */
const isLate = ({ check }: FinishedCheck, nowMs: number) =>
  nowMs - check.slotMs > Math.max(2 * check.intervalMs, 30_000);

/**
 * Writes a batch in one transaction: results (a replay of a slot changes nothing), the regions' outcomes, the next
 * slots; and, only where an outcome turned or a verification was asked for, a job to decide. No two results of one
 * batch may be of the same monitor and region.
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
  try {
    await client.query('begin');
    await insertResults(client, batch);
    const fresh = batch.filter((finished) => finished.finding.outcome !== 'void' && !isLate(finished, nowMs));
    const turned = await updateOutcomes(client, fresh);
    await moveToNextSlots(
      client,
      batch.filter((finished) => !finished.check.verification),
      nowMs,
    );
    const verifications = batch.filter((finished) => finished.check.verification);
    await removeVerifications(client, verifications);
    const toDecide = new Map(
      [...turned, ...verifications.map(({ check }) => check)].map((key) => [key.monitorId, key.tenantId]),
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
    client.release(broken);
  }
}

/** `($1,$2),($3,$4)`: places for rows of parameters, the first with the types that the others take from it. */
function placeholders(rows: number, types: readonly string[]): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    text += row === 0 ? '(' : ',(';
    for (let column = 0; column < types.length; column++) {
      text += `${column === 0 ? '' : ','}$${row * types.length + column + 1}${row === 0 ? `::${types[column]}` : ''}`;
    }
    text += ')';
  }
  return text;
}

const instant = (epochMs: number) => new Date(epochMs).toISOString();

const RESULT_TYPES = [
  'uuid',
  'uuid',
  'timestamptz',
  'text',
  'timestamptz',
  'bool',
  'text',
  'text',
  'text',
  'int2',
  'float4',
  'float4',
  'float4',
  'float4',
  'float4',
  'float4',
] as const;

async function insertResults(client: pg.PoolClient, batch: FinishedCheck[]): Promise<void> {
  const values: unknown[] = [];
  for (const { check, checkedAtMs, finding } of batch) {
    const { timings } = finding;
    values.push(
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
    );
  }
  await client.query(
    `insert into check_results (tenant_id, monitor_id, slot_at, region, checked_at, verification, outcome, code, reason,
      status_code, dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms)
    values ${placeholders(batch.length, RESULT_TYPES)} on conflict do nothing`,
    values,
  );
}

const OUTCOME_TYPES = [
  'uuid',
  'uuid',
  'text',
  'timestamptz',
  'timestamptz',
  'text',
  'text',
  'text',
  'float4',
] as const;

/** Brings the regions' last outcomes forward, never back, and returns the monitors where one turned. */
async function updateOutcomes(
  client: pg.PoolClient,
  fresh: FinishedCheck[],
): Promise<{ tenantId: string; monitorId: string }[]> {
  if (fresh.length === 0) return [];
  const values: unknown[] = [];
  for (const { check, checkedAtMs, finding } of fresh) {
    values.push(
      check.tenantId,
      check.monitorId,
      check.region,
      instant(check.slotMs),
      instant(checkedAtMs),
      finding.outcome,
      finding.code,
      finding.reason,
      finding.outcome === 'down' ? null : finding.timings.totalMs,
    );
  }
  const { rows } = await client.query<{ tenant_id: string; monitor_id: string; streak: number }>(
    `update region_outcomes o set
      streak = case when o.outcome = v.outcome then o.streak + 1 else 1 end,
      outcome = v.outcome, last_slot_at = v.slot_at, last_checked_at = v.checked_at,
      code = v.code, reason = v.reason, latency_ms = v.latency_ms, recorded_at = now()
    from (values ${placeholders(fresh.length, OUTCOME_TYPES)})
      as v(tenant_id, monitor_id, region, slot_at, checked_at, outcome, code, reason, latency_ms)
    where o.tenant_id = v.tenant_id and o.monitor_id = v.monitor_id and o.region = v.region
      and (o.last_slot_at is null or o.last_slot_at < v.slot_at)
    returning o.tenant_id, o.monitor_id, o.streak`,
    values,
  );
  return rows
    .filter((row) => row.streak === 1)
    .map((row) => ({ tenantId: row.tenant_id, monitorId: row.monitor_id }));
}

const SLOT_TYPES = ['uuid', 'uuid', 'text', 'timestamptz', 'timestamptz'] as const;

/** Ends the leases and moves each row to the next slot of its grid; a row that others have moved meanwhile stays. */
async function moveToNextSlots(client: pg.PoolClient, batch: FinishedCheck[], nowMs: number): Promise<void> {
  if (batch.length === 0) return;
  const values: unknown[] = [];
  for (const { check } of batch) {
    // A result that comes late skips what is older than an interval, as a claim would.
    const after = Math.max(check.slotMs, nowMs - check.intervalMs);
    const nextMs = nextSlotAfter(after, check.intervalMs, check.phaseMs);
    values.push(check.tenantId, check.monitorId, check.region, instant(check.slotMs), instant(nextMs));
  }
  await client.query(
    `update check_schedule s set due_at = v.next_at, leased_by = null, lease_until = null
    from (values ${placeholders(batch.length, SLOT_TYPES)}) as v(tenant_id, monitor_id, region, slot_at, next_at)
    where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id and s.region = v.region and not s.verification
      and s.due_at = v.slot_at`,
    values,
  );
}

const VERIFICATION_TYPES = ['uuid', 'uuid', 'text', 'timestamptz'] as const;

async function removeVerifications(client: pg.PoolClient, batch: FinishedCheck[]): Promise<void> {
  if (batch.length === 0) return;
  const values = batch.flatMap(({ check }) => [
    check.tenantId,
    check.monitorId,
    check.region,
    instant(check.slotMs),
  ]);
  await client.query(
    `delete from check_schedule s using (values ${placeholders(batch.length, VERIFICATION_TYPES)})
      as v(tenant_id, monitor_id, region, slot_at)
    where s.tenant_id = v.tenant_id and s.monitor_id = v.monitor_id and s.region = v.region and s.verification
      and s.due_at = v.slot_at`,
    values,
  );
}

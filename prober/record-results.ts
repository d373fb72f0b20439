import pg from 'pg';
import type { CheckFinding } from '../shared/checks/check-result.ts';
import type { ExchangeRecord } from '../shared/checks/exchange-record.ts';
import { nextSlotAfter } from '../shared/monitoring/check-grid.ts';
import { arrayOf, instant, keysOf } from './batch-columns.ts';
import type { ClaimedCheck } from './claim-due-checks.ts';
import { insertResults } from './insert-results.ts';
import { recordEvidence } from './record-evidence.ts';
import { noteVoid, updateOutcomes } from './update-outcomes.ts';

/** A finished check on its way into the database. */
export type FinishedCheck = {
  check: Omit<ClaimedCheck, 'spec' | 'isSteady'>;
  checkedAtMs: number;
  finding: CheckFinding;
  /** What it sent and got, put into words only when asked. None where nobody will, and once a result was spooled. */
  trace?: { toRecord(): ExchangeRecord } | null;
};

/** Two intervals, and 30 s at least, after its slot a result is history: it announces nothing any more. */
const isLate = ({ check }: FinishedCheck, nowMs: number) =>
  nowMs - check.slotMs > Math.max(2 * check.intervalMs, 30_000);

/**
 * Writes a batch in one transaction: results (a replay of a slot changes nothing), the regions' outcomes, the next slots;
 * what was sent and came back, where a decision may rest on it; and, only where an outcome turned, a verification was asked
 * for or a region has become silent, a job to decide. No two results of one batch may be of the same monitor and region.
 */
export async function recordResults(pool: pg.Pool, batch: FinishedCheck[], nowMs: number): Promise<void> {
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
    const heard = await updateOutcomes(client, fresh);
    const turned = heard.filter(({ streak }) => streak === 1).map(({ finished }) => finished.check);
    await recordEvidence(client, heard);
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
    await askForDecisions(client, [...turned, ...unheard, ...verifications.map(({ check }) => check)]);
    await client.query('commit');
  } catch (error) {
    broken ??= await rollBack(client, error);
    throw error;
  } finally {
    client.off('error', onLoss);
    client.release(broken);
  }
}

/** Sends a job for each monitor through pg-boss's own statement, a function that the migration makes. */
async function askForDecisions(
  client: pg.PoolClient,
  keys: readonly { tenantId: string; monitorId: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  const toDecide = new Map(keys.map(({ tenantId, monitorId }) => [monitorId, tenantId]));
  const jobs = [...toDecide].map(([monitorId, tenantId]) => ({
    data: { tenantId, monitorId },
    singletonKey: monitorId,
  }));
  await client.query({
    name: 'ask-for-decisions',
    text: 'select ask_for_decisions($1)',
    values: [JSON.stringify(jobs)],
  });
}

/**
 * Takes the transaction back where the database has answered. Where it has not, a rollback would wait as long again; the end
 * of the connection does the same.
 * @returns why the connection is good for nothing more; undefined when it is sound
 */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error));
  try {
    await client.query('rollback');
    return undefined;
  } catch (rollbackError) {
    return rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
  }
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

import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { checkEvidence } from '../../../drizzle/schema/evidence.ts';
import { stateChanges } from '../../../drizzle/schema/monitoring.ts';
import type { Attempt, DecisionGrounds, StateChange } from '../../../shared/monitoring/state-change.ts';
import type { Transaction } from '../../database/transaction.ts';

/** Changes of a monitor's state, newest first, behind the change `after`. */
export async function listStateChangeRows(
  tx: Transaction,
  monitorId: string,
  page: { after: string | null; limit: number },
): Promise<StateChange[]> {
  const { at, recordedAt, id } = stateChanges;
  const behind: SQL | undefined =
    page.after === null
      ? undefined
      : sql`(${at}, ${recordedAt}, ${id}) < (select c.at, c.recorded_at, c.id from state_changes c where c.id = ${page.after})`;
  const rows = await tx
    .select()
    .from(stateChanges)
    .where(and(eq(stateChanges.monitorId, monitorId), behind))
    .orderBy(desc(at), desc(recordedAt), desc(id))
    .limit(page.limit);
  return rows.map(toStateChange);
}

/** One change with its grounds; null when this monitor has no such change. */
export async function findStateChange(
  tx: Transaction,
  monitorId: string,
  stateChangeId: string,
): Promise<(StateChange & { grounds: DecisionGrounds | null }) | null> {
  const [row] = await tx
    .select()
    .from(stateChanges)
    .where(and(eq(stateChanges.id, stateChangeId), eq(stateChanges.monitorId, monitorId)));
  return row === undefined ? null : { ...toStateChange(row), grounds: row.grounds };
}

/** The checks that counted towards a change, in the order they were made. */
export async function listAttempts(tx: Transaction, stateChangeId: string): Promise<Attempt[]> {
  const rows = await tx
    .select()
    .from(checkEvidence)
    .where(eq(checkEvidence.stateChangeId, stateChangeId))
    .orderBy(asc(checkEvidence.checkedAt), asc(checkEvidence.region));
  return rows.map(toAttempt);
}

/** The newest check of a monitor that came out `down` or `degraded`, with what it sent and got; null when none is kept. */
export async function findLastFailure(tx: Transaction, monitorId: string): Promise<Attempt | null> {
  const [row] = await tx
    .select()
    .from(checkEvidence)
    .where(
      and(
        eq(checkEvidence.monitorId, monitorId),
        sql`${checkEvidence.finding} ->> 'outcome' in ('down', 'degraded')`,
      ),
    )
    .orderBy(desc(checkEvidence.slotAt), desc(checkEvidence.region))
    .limit(1);
  return row === undefined ? null : toAttempt(row);
}

function toStateChange(row: typeof stateChanges.$inferSelect): StateChange {
  return {
    id: row.id,
    at: row.at.toISOString(),
    from: row.fromState,
    to: row.toState,
    reason: row.reason,
    code: row.code,
    flapping: row.flapping,
    decidedAt: row.recordedAt.toISOString(),
  };
}

function toAttempt(row: typeof checkEvidence.$inferSelect): Attempt {
  return {
    ...row.finding,
    slotAt: row.slotAt.toISOString(),
    checkedAt: row.checkedAt.toISOString(),
    region: row.region,
    verification: row.verification,
    exchange: row.exchange,
  };
}

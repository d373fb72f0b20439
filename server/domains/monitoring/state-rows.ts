import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { monitorStates, stateChanges, stateSpans } from '../../../drizzle/schema/monitoring.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { Transaction } from '../../database/transaction.ts';

export type StateRow = typeof monitorStates.$inferSelect;

/** The state row of a monitor, locked: decisions about one monitor are made one after the other. */
export async function lockState(tx: Transaction, monitorId: string): Promise<StateRow | null> {
  const [row] = await tx
    .select()
    .from(monitorStates)
    .where(eq(monitorStates.monitorId, monitorId))
    .for('update');
  return row ?? null;
}

export async function readState(tx: Transaction, monitorId: string): Promise<StateRow | null> {
  const [row] = await tx.select().from(monitorStates).where(eq(monitorStates.monitorId, monitorId));
  return row ?? null;
}

/** What may change in a state row without the state itself changing. */
export type StateDetails = Pick<StateRow, 'reason' | 'code' | 'suspectSince' | 'verificationRound'>;

export async function updateStateDetails(
  tx: Transaction,
  monitorId: string,
  details: StateDetails,
): Promise<void> {
  await tx
    .update(monitorStates)
    .set({ ...details, updatedAt: sql`now()` })
    .where(eq(monitorStates.monitorId, monitorId));
}

/**
 * Writes a new state: the row, the span that ends and the one that begins, and the change itself, whose id it returns.
 * `since` may lie in the past (a silence is noticed late); spans that began after it give way.
 */
export async function writeStateChange(
  tx: Transaction,
  before: StateRow,
  after: { state: MonitorState; since: Date } & StateDetails,
): Promise<string> {
  const { tenantId, monitorId } = before;
  const ofMonitor = eq(stateSpans.monitorId, monitorId);
  await tx
    .delete(stateSpans)
    .where(and(ofMonitor, sql`${stateSpans.fromAt} >= ${after.since.toISOString()}::timestamptz`));
  await tx
    .update(stateSpans)
    .set({ toAt: after.since })
    .where(
      and(
        ofMonitor,
        lt(stateSpans.fromAt, after.since),
        sql`(${isNull(stateSpans.toAt)} or ${stateSpans.toAt} > ${after.since.toISOString()}::timestamptz)`,
      ),
    );
  await tx.insert(stateSpans).values({ tenantId, monitorId, fromAt: after.since, state: after.state });
  await tx
    .update(monitorStates)
    .set({ ...after, updatedAt: sql`now()` })
    .where(eq(monitorStates.monitorId, monitorId));
  const id = randomUUID();
  await tx.insert(stateChanges).values({
    tenantId,
    id,
    monitorId,
    at: after.since,
    fromState: before.state,
    toState: after.state,
    reason: after.reason,
    code: after.code,
  });
  return id;
}

import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { monitorStates, stateChanges, stateSpans } from '../../../drizzle/schema/monitoring.ts';
import type { DecisionMoment } from '../../../shared/monitoring/decide-monitor-state.ts';
import { COUNTED_STATES } from '../../../shared/monitoring/flap-damping.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { DecisionGrounds } from '../../../shared/monitoring/state-change.ts';
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

/** What may change in a state row without the state itself changing. */
export type StateDetails = Pick<
  StateRow,
  'reason' | 'code' | 'suspectSince' | 'verificationRound' | 'flappingSince' | 'decideAt'
>;

/** Nothing is in doubt, nothing flaps, and there is nothing to say. */
export const SETTLED: StateDetails = {
  reason: null,
  code: null,
  suspectSince: null,
  verificationRound: 0,
  flappingSince: null,
  decideAt: null,
};

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

/** Ends a doubt and a flapping: what they rest on counts no more. The state stays, and so does what is said of it. */
export async function forgetDoubt(tx: Transaction, monitorId: string): Promise<void> {
  const { reason: _reason, code: _code, ...rest } = SETTLED;
  await tx
    .update(monitorStates)
    .set({ ...rest, updatedAt: sql`now()` })
    .where(eq(monitorStates.monitorId, monitorId));
}

/** Says of a paused monitor why it is, where nobody of the organization paused it; null: somebody did. */
export async function restFor(
  tx: Transaction,
  monitorId: string,
  why: Pick<StateRow, 'pausedFor' | 'reason'>,
): Promise<void> {
  await tx
    .update(monitorStates)
    .set({ ...why, updatedAt: sql`now()` })
    .where(eq(monitorStates.monitorId, monitorId));
}

/** What time it is for the database, in whole milliseconds: this machine's clock may be wrong. */
export async function readNow(tx: Transaction): Promise<Date> {
  const { rows } = await tx.execute<{ now_ms: number }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not say what time it is.');
  return new Date(row.now_ms);
}

/**
 * The database's clock, and when a monitor's state changed between up, degraded and down within so many minutes, since it
 * last began to flap; `limit` of them at most.
 */
export async function readMoment(
  tx: Transaction,
  monitorId: string,
  { flapWindowMinutes, flapChanges }: { flapWindowMinutes: number; flapChanges: number },
): Promise<DecisionMoment> {
  const now = await readNow(tx);
  const changes = await tx
    .select({ changedAt: stateChanges.recordedAt, flapping: stateChanges.flapping })
    .from(stateChanges)
    .where(
      and(
        eq(stateChanges.monitorId, monitorId),
        inArray(stateChanges.fromState, [...COUNTED_STATES]),
        inArray(stateChanges.toState, [...COUNTED_STATES]),
        gt(stateChanges.recordedAt, sql`now() - make_interval(mins => ${flapWindowMinutes})`),
      ),
    )
    .orderBy(desc(stateChanges.recordedAt))
    .limit(flapChanges + 1);
  const began = changes.findIndex((change) => change.flapping);
  const counted = began === -1 ? changes : changes.slice(0, began);
  return {
    nowMs: now.getTime(),
    changesMs: counted.map(({ changedAt }) => changedAt.getTime()),
  };
}

/** A new state; `pausedFor` where nobody of the organization asked for it. */
export type NewState = { state: MonitorState; since: Date; pausedFor?: StateRow['pausedFor'] } & StateDetails;

/**
 * Writes a new state: the row, the span that ends and the one that begins, and the change itself, whose id it returns.
 * `since` may lie in the past (a silence is noticed late); spans that began after it give way.
 */
export async function writeStateChange(
  tx: Transaction,
  before: StateRow,
  after: NewState,
  why: { flapping: boolean; grounds: DecisionGrounds | null },
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
    .set({ ...after, pausedFor: after.pausedFor ?? null, updatedAt: sql`now()` })
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
    ...why,
  });
  return id;
}

import { and, count, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import {
  monitorRemovals,
  monitorStates,
  monitors,
  regionOutcomes,
  stateSpans,
} from '../../../drizzle/schema/monitoring.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { type MonitorViewRow, selectMonitors, toMonitor } from './monitor-view-rows.ts';

export type MonitorRow = typeof monitors.$inferSelect;
export type NewMonitor = Omit<MonitorRow, 'createdAt' | 'updatedAt' | 'beforePlan'> &
  Partial<Pick<MonitorRow, 'beforePlan'>>;
export type MonitorPatch = Partial<Omit<NewMonitor, 'tenantId' | 'id' | 'kind'>>;

export async function countMonitors(tx: Transaction): Promise<number> {
  const [row] = await tx.select({ monitors: count() }).from(monitors);
  return row?.monitors ?? 0;
}

/** How many monitors are not paused. */
export async function countCheckedMonitors(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ monitors: count() })
    .from(monitorStates)
    .where(ne(monitorStates.state, 'paused'));
  return row?.monitors ?? 0;
}

/** A monitor with its state; null when it is not this organization's. */
export async function findMonitor(tx: Transaction, monitorId: string): Promise<StoredMonitor | null> {
  const { rows } = await tx.execute<MonitorViewRow>(selectMonitors(sql`m.id = ${monitorId}`));
  return rows[0] === undefined ? null : toMonitor(rows[0]);
}

/**
 * The monitor's own row, locked until the transaction ends. Rows that point at it can be written meanwhile: a prober that
 * records what it found holds the region's row, which we may want next.
 */
export async function lockMonitor(tx: Transaction, monitorId: string): Promise<MonitorRow | null> {
  const [row] = await tx.select().from(monitors).where(eq(monitors.id, monitorId)).for('no key update');
  return row ?? null;
}

/**
 * The monitor's own row, for who packs its results: others who pack wait, checks do not, and while it is held the monitor
 * cannot be deleted.
 */
export async function lockForPacking(
  tx: Transaction,
  monitorId: string,
): Promise<Pick<MonitorRow, 'createdAt'> | null> {
  const [row] = await tx
    .select({ createdAt: monitors.createdAt })
    .from(monitors)
    .where(eq(monitors.id, monitorId))
    .for('no key update');
  return row ?? null;
}

/** The ids of all monitors of the organization. */
export async function listMonitorIds(tx: Transaction): Promise<string[]> {
  const rows = await tx.select({ id: monitors.id }).from(monitors).orderBy(monitors.id);
  return rows.map((row) => row.id);
}

export async function readMonitorRow(tx: Transaction, monitorId: string): Promise<MonitorRow | null> {
  const [row] = await tx.select().from(monitors).where(eq(monitors.id, monitorId));
  return row ?? null;
}

/** Inserts a monitor with its state, the span that begins with it, and an empty outcome for each region. */
export async function insertMonitor(
  tx: Transaction,
  monitor: NewMonitor,
  initial: 'pending' | 'paused',
): Promise<void> {
  await tx.insert(monitors).values(monitor);
  const key = { tenantId: monitor.tenantId, monitorId: monitor.id };
  await tx
    .insert(monitorStates)
    .values({ ...key, state: initial, since: sql`date_trunc('milliseconds', now())` });
  await tx
    .insert(stateSpans)
    .values({ ...key, state: initial, fromAt: sql`date_trunc('milliseconds', now())` });
  await insertRegionOutcomes(tx, key, monitor.regions);
}

export async function insertRegionOutcomes(
  tx: Transaction,
  key: { tenantId: string; monitorId: string },
  regions: string[],
): Promise<void> {
  await tx
    .insert(regionOutcomes)
    .values(regions.map((region) => ({ ...key, region })))
    .onConflictDoNothing();
}

/** Forgets the outcomes of regions the monitor is no longer checked from. */
export async function deleteRegionOutcomesBut(
  tx: Transaction,
  monitorId: string,
  regions: string[],
): Promise<void> {
  await tx
    .delete(regionOutcomes)
    .where(and(eq(regionOutcomes.monitorId, monitorId), sql`region <> all(${sql.param(regions)}::text[])`));
}

/** Says that no region's outcome counts any more, so that the next result, whatever it is, is decided upon. */
export async function forgetOutcomes(tx: Transaction, monitorId: string): Promise<void> {
  await tx
    .update(regionOutcomes)
    .set({ outcome: null, streak: 0, voidSince: null })
    .where(eq(regionOutcomes.monitorId, monitorId));
}

/** As `forgetOutcomes`, of these regions, which are silent and stay so until they have something to say. */
export async function forgetSilentOutcomes(
  tx: Transaction,
  monitorId: string,
  regions: string[],
): Promise<void> {
  await tx
    .update(regionOutcomes)
    .set({ outcome: null, streak: 0 })
    .where(
      and(
        eq(regionOutcomes.monitorId, monitorId),
        isNotNull(regionOutcomes.outcome),
        inArray(regionOutcomes.region, regions),
      ),
    );
}

export async function updateMonitorRow(
  tx: Transaction,
  monitorId: string,
  patch: MonitorPatch,
): Promise<void> {
  await tx
    .update(monitors)
    .set({ ...patch, updatedAt: sql`now()` })
    .where(eq(monitors.id, monitorId));
}

/** Deletes a monitor; its states, spans and outcomes go with it. Leaves word for pages that were away. */
export async function deleteMonitorRow(tx: Transaction, monitor: MonitorRow): Promise<void> {
  await tx.delete(monitors).where(eq(monitors.id, monitor.id));
  await tx.insert(monitorRemovals).values({ tenantId: monitor.tenantId, monitorId: monitor.id });
  await tx.delete(monitorRemovals).where(sql`removed_at < now() - interval '1 day'`);
}

/** Which of these targets are taken for the kind and method. */
export async function takenTargets(
  tx: Transaction,
  kind: string,
  method: string,
  targets: string[],
): Promise<string[]> {
  const rows = await tx
    .select({ target: monitors.target })
    .from(monitors)
    .where(
      and(
        eq(monitors.kind, kind as MonitorRow['kind']), // a row's own kind comes in
        sql`${monitors.http} ->> 'method' = ${method}`,
        sql`${monitors.target} = any(${sql.param(targets)}::text[])`,
      ),
    );
  return rows.map((row) => row.target);
}

import { and, arrayContains, asc, eq, sql } from 'drizzle-orm';
import { checkSchedule } from '../../../drizzle/schema/checks.ts';
import { monitorCertificates } from '../../../drizzle/schema/evidence.ts';
import { monitorStates, monitors, regionOutcomes } from '../../../drizzle/schema/monitoring.ts';
import { heldWithout } from '../../../shared/monitoring/plan-settings.ts';
import type { Transaction } from '../../database/transaction.ts';
import { updateMonitorRow } from './monitor-rows.ts';

/** A monitor as far as its regions go. */
export type RegionsOfMonitor = { id: string; name: string; regions: string[]; quorum: number | null };

/**
 * Every monitor that a region checks, by name, locked until the transaction ends: states first, then monitors, as decisions,
 * changes and deletions lock them, each in the order of ids, so that no two wait for each other.
 */
export async function lockMonitorsOf(tx: Transaction, region: string): Promise<RegionsOfMonitor[]> {
  const { id, name, regions, quorum, tenantId } = monitors;
  const locked = await tx
    .select({ id: monitorStates.monitorId })
    .from(monitorStates)
    .innerJoin(monitors, and(eq(tenantId, monitorStates.tenantId), eq(id, monitorStates.monitorId)))
    .where(arrayContains(regions, [region]))
    .orderBy(asc(monitorStates.monitorId))
    .for('update', { of: monitorStates });
  // Read again: what was changed while this waited is seen now. Not what has come to the region meanwhile: its state is not ours.
  const ids = sql.param(locked.map((state) => state.id));
  const rows = await tx
    .select({ id, name, regions, quorum })
    .from(monitors)
    .where(and(sql`${id} = any(${ids}::uuid[])`, arrayContains(regions, [region])))
    .orderBy(asc(id))
    .for('update');
  return rows.sort(byName);
}

const byName = (a: RegionsOfMonitor, b: RegionsOfMonitor) =>
  a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id);

/**
 * Takes a region away from these monitors, with its outcomes, its certificates and its checks, and lowers a quorum that the
 * regions left can no longer make. @returns them as they are then, by name
 */
export async function takeRegionAway(
  tx: Transaction,
  region: string,
  monitorIds: string[],
): Promise<RegionsOfMonitor[]> {
  const ids = sql`any(${sql.param(monitorIds)}::uuid[])`;
  const { id, name, regions, quorum } = monitors;
  const changed = await tx
    .update(monitors)
    .set({
      regions: sql`array_remove(${regions}, ${region})`,
      quorum: sql`case when ${quorum} is not null then least(${quorum}, cardinality(${regions}) - 1) end`,
      updatedAt: sql`now()`,
    })
    .where(sql`${id} = ${ids}`)
    .returning({ id, name, regions, quorum });
  const lost = and(eq(regionOutcomes.region, region), sql`${regionOutcomes.monitorId} = ${ids}`);
  await tx
    .select({ region: regionOutcomes.region })
    .from(regionOutcomes)
    .where(lost)
    .orderBy(asc(regionOutcomes.monitorId))
    .for('update');
  await tx.delete(regionOutcomes).where(lost);
  await tx
    .delete(monitorCertificates)
    .where(and(eq(monitorCertificates.region, region), sql`${monitorCertificates.monitorId} = ${ids}`));
  await tx
    .delete(checkSchedule)
    .where(and(eq(checkSchedule.region, region), sql`${checkSchedule.monitorId} = ${ids}`));
  return changed.sort(byName);
}

/** Gives back none of a region, where a plan holds some back, that is not to be checked from any more. */
export async function forgetHeldRegion(tx: Transaction, region: string): Promise<void> {
  const { id, beforePlan } = monitors;
  const holding = await tx
    .select({ id, beforePlan })
    .from(monitors)
    .where(sql`${beforePlan} -> 'regions' -> 'regions' ? ${region}`)
    .orderBy(asc(id))
    .for('no key update');
  for (const { id: monitorId, beforePlan: held } of holding) {
    if (held !== null) await updateMonitorRow(tx, monitorId, { beforePlan: heldWithout(held, region) });
  }
}

import { and, asc, desc, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { packedResults } from '../../../drizzle/schema/history.ts';
import type { Outcome } from '../../../shared/checks/outcome.ts';
import {
  HOUR_MS,
  outcomeBits,
  type PackedResult,
  packResults,
  unpackResults,
} from '../../../shared/monitoring/packed-results.ts';
import type { Transaction } from '../../database/transaction.ts';

/** The results of one monitor, region and hour, oldest first. */
export type Pack = { hourMs: number; region: string; results: PackedResult[] };

/** The packs of a monitor whose hour begins in a stretch of time (`toMs` not included), oldest first. */
export async function listPacks(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<Pack[]> {
  const rows = await tx
    .select()
    .from(packedResults)
    .where(
      and(
        eq(packedResults.monitorId, monitorId),
        gte(packedResults.hourAt, new Date(range.fromMs)),
        lt(packedResults.hourAt, new Date(range.toMs)),
      ),
    )
    .orderBy(asc(packedResults.hourAt));
  return rows.map(openPack);
}

/**
 * The packs of the newest hours, `hours` of them at most, in which there is such an outcome: hours that begin from
 * `fromMs` to `throughMs`, both included.
 */
export async function listNewestPacks(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; throughMs: number; hours: number; outcome: Outcome | undefined },
): Promise<Pack[]> {
  const wanted = and(
    eq(packedResults.monitorId, monitorId),
    gte(packedResults.hourAt, new Date(range.fromMs)),
    lte(packedResults.hourAt, new Date(range.throughMs)),
    range.outcome === undefined
      ? undefined
      : sql`${packedResults.outcomes} & ${outcomeBits([range.outcome])} <> 0`,
  );
  const newest = tx
    .selectDistinct({ hourAt: packedResults.hourAt })
    .from(packedResults)
    .where(wanted)
    .orderBy(desc(packedResults.hourAt))
    .limit(range.hours);
  const rows = await tx
    .select()
    .from(packedResults)
    .where(and(wanted, sql`${packedResults.hourAt} in ${newest}`))
    .orderBy(desc(packedResults.hourAt));
  return rows.map(openPack);
}

/** Writes packs, over those that stand there. */
export async function writePacks(
  tx: Transaction,
  key: { tenantId: string; monitorId: string },
  packs: readonly Pack[],
): Promise<void> {
  if (packs.length === 0) return;
  await tx
    .insert(packedResults)
    .values(
      packs.map(({ hourMs, region, results }) => ({
        ...key,
        hourAt: new Date(hourMs),
        region,
        outcomes: outcomeBits(results.map(({ outcome }) => outcome)),
        results: packResults(hourMs, results),
      })),
    )
    .onConflictDoUpdate({
      target: [packedResults.tenantId, packedResults.monitorId, packedResults.hourAt, packedResults.region],
      set: { outcomes: sql`excluded.outcomes`, results: sql`excluded.results` },
    });
}

/** Deletes the packs of these monitors whose hour had ended by then. */
export async function deletePacksBefore(
  tx: Transaction,
  monitorIds: readonly string[],
  beforeMs: number,
): Promise<void> {
  await tx
    .delete(packedResults)
    .where(
      and(
        sql`${packedResults.monitorId} = any(${sql.param(monitorIds)}::uuid[])`,
        lte(packedResults.hourAt, new Date(beforeMs - HOUR_MS)),
      ),
    );
}

function openPack(row: { hourAt: Date; region: string; results: Uint8Array }): Pack {
  const hourMs = row.hourAt.getTime();
  return { hourMs, region: row.region, results: unpackResults(hourMs, row.results) };
}

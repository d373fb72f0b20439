import { and, asc, eq, gte, lt, notExists, sql } from 'drizzle-orm';
import { dailyRollups, hourlyRollups, packedResults } from '../../../drizzle/schema/history.ts';
import type { Outcome } from '../../../shared/checks/outcome.ts';
import type { SeriesPoint } from '../../../shared/monitoring/history.ts';
import type { Transaction } from '../../database/transaction.ts';
import { LatencyDigest } from './latency-digest.ts';

/** What is kept of one hour or day of a monitor, which begins at `atMs`. */
export type Rollup = {
  atMs: number;
  counts: Record<Outcome, number>;
  seconds: { up: number; degraded: number; down: number; excluded: number };
  percentiles: { p50Ms: number | null; p95Ms: number | null; p99Ms: number | null };
  phases: SeriesPoint['phases'];
  digest: LatencyDigest;
};

type Key = { tenantId: string; monitorId: string };
type Columns = Omit<typeof hourlyRollups.$inferInsert, 'tenantId' | 'monitorId' | 'hourAt'>;

/** The hours of a monitor that begin in a stretch of time (`toMs` not included), oldest first. */
export async function listHourlyRollups(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<Rollup[]> {
  const rows = await tx
    .select()
    .from(hourlyRollups)
    .where(
      and(
        eq(hourlyRollups.monitorId, monitorId),
        gte(hourlyRollups.hourAt, new Date(range.fromMs)),
        lt(hourlyRollups.hourAt, new Date(range.toMs)),
      ),
    )
    .orderBy(asc(hourlyRollups.hourAt));
  return rows.map(rollupOf);
}

/** The UTC days of a monitor that begin in a stretch of time (`toMs` not included), oldest first. */
export async function listDailyRollups(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<Rollup[]> {
  const rows = await tx
    .select()
    .from(dailyRollups)
    .where(
      and(
        eq(dailyRollups.monitorId, monitorId),
        gte(dailyRollups.dayAt, new Date(range.fromMs)),
        lt(dailyRollups.dayAt, new Date(range.toMs)),
      ),
    )
    .orderBy(asc(dailyRollups.dayAt));
  return rows.map(({ dayAt, ...row }) => rollupOf({ ...row, hourAt: dayAt }));
}

/** Those hours of which nothing else is left: their packs have been deleted. */
export async function listLoneRollups(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<Rollup[]> {
  const packs = tx
    .select({ hourAt: packedResults.hourAt })
    .from(packedResults)
    .where(
      and(
        eq(packedResults.tenantId, hourlyRollups.tenantId),
        eq(packedResults.monitorId, hourlyRollups.monitorId),
        eq(packedResults.hourAt, hourlyRollups.hourAt),
      ),
    );
  const rows = await tx
    .select()
    .from(hourlyRollups)
    .where(
      and(
        eq(hourlyRollups.monitorId, monitorId),
        gte(hourlyRollups.hourAt, new Date(range.fromMs)),
        lt(hourlyRollups.hourAt, new Date(range.toMs)),
        notExists(packs),
      ),
    )
    .orderBy(asc(hourlyRollups.hourAt));
  return rows.map(rollupOf);
}

/** Which hours of a monitor from `fromMs` on (`toMs` not included) have a rollup; epoch milliseconds. */
export async function listRolledUpHours(
  tx: Transaction,
  monitorId: string,
  range: { fromMs: number; toMs: number },
): Promise<number[]> {
  const rows = await tx
    .select({ hourAt: hourlyRollups.hourAt })
    .from(hourlyRollups)
    .where(
      and(
        eq(hourlyRollups.monitorId, monitorId),
        gte(hourlyRollups.hourAt, new Date(range.fromMs)),
        lt(hourlyRollups.hourAt, new Date(range.toMs)),
      ),
    );
  return rows.map((row) => row.hourAt.getTime());
}

/** Writes hours, over those that stand there. */
export async function writeHourlyRollups(
  tx: Transaction,
  key: Key,
  rollups: readonly Rollup[],
): Promise<void> {
  if (rollups.length === 0) return;
  await tx
    .insert(hourlyRollups)
    .values(rollups.map((rollup) => ({ ...key, hourAt: new Date(rollup.atMs), ...columnsOf(rollup) })))
    .onConflictDoUpdate({
      target: [hourlyRollups.tenantId, hourlyRollups.monitorId, hourlyRollups.hourAt],
      set: EXCLUDED,
    });
}

/** Writes UTC days, over those that stand there. */
export async function writeDailyRollups(
  tx: Transaction,
  key: Key,
  rollups: readonly Rollup[],
): Promise<void> {
  if (rollups.length === 0) return;
  await tx
    .insert(dailyRollups)
    .values(rollups.map((rollup) => ({ ...key, dayAt: new Date(rollup.atMs), ...columnsOf(rollup) })))
    .onConflictDoUpdate({
      target: [dailyRollups.tenantId, dailyRollups.monitorId, dailyRollups.dayAt],
      set: EXCLUDED,
    });
}

/** Deletes what is kept of these monitors of before then. */
export async function deleteRollupsBefore(
  tx: Transaction,
  monitorIds: readonly string[],
  beforeMs: number,
): Promise<void> {
  const ids = sql`any(${sql.param(monitorIds)}::uuid[])`;
  const before = new Date(beforeMs);
  await tx
    .delete(hourlyRollups)
    .where(and(sql`${hourlyRollups.monitorId} = ${ids}`, lt(hourlyRollups.hourAt, before)));
  await tx
    .delete(dailyRollups)
    .where(and(sql`${dailyRollups.monitorId} = ${ids}`, lt(dailyRollups.dayAt, before)));
}

function rollupOf(row: typeof hourlyRollups.$inferSelect): Rollup {
  return {
    atMs: row.hourAt.getTime(),
    counts: { up: row.up, degraded: row.degraded, down: row.down, void: row.void },
    seconds: {
      up: row.upSeconds,
      degraded: row.degradedSeconds,
      down: row.downSeconds,
      excluded: row.excludedSeconds,
    },
    percentiles: { p50Ms: row.p50Ms, p95Ms: row.p95Ms, p99Ms: row.p99Ms },
    phases: phasesOf(row),
    digest: LatencyDigest.read(row.digest),
  };
}

function columnsOf({ counts, seconds, percentiles, phases, digest }: Rollup): Columns {
  return {
    ...counts,
    upSeconds: seconds.up,
    degradedSeconds: seconds.degraded,
    downSeconds: seconds.down,
    excludedSeconds: seconds.excluded,
    ...percentiles,
    ...(phases ?? NO_PHASES),
    digest: digest.toBytes(),
  };
}

const NO_PHASES = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, transferMs: null };

/** Every column but the key, from the row that was to be inserted. */
const EXCLUDED = {
  up: sql`excluded.up`,
  degraded: sql`excluded.degraded`,
  down: sql`excluded.down`,
  void: sql`excluded.void`,
  upSeconds: sql`excluded.up_seconds`,
  degradedSeconds: sql`excluded.degraded_seconds`,
  downSeconds: sql`excluded.down_seconds`,
  excludedSeconds: sql`excluded.excluded_seconds`,
  p50Ms: sql`excluded.p50_ms`,
  p95Ms: sql`excluded.p95_ms`,
  p99Ms: sql`excluded.p99_ms`,
  dnsMs: sql`excluded.dns_ms`,
  connectMs: sql`excluded.connect_ms`,
  tlsMs: sql`excluded.tls_ms`,
  firstByteMs: sql`excluded.first_byte_ms`,
  transferMs: sql`excluded.transfer_ms`,
  digest: sql`excluded.digest`,
};

function phasesOf(row: {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  transferMs: number | null;
}): SeriesPoint['phases'] {
  const { dnsMs, connectMs, tlsMs, firstByteMs, transferMs } = row;
  if (dnsMs === null || connectMs === null || tlsMs === null || firstByteMs === null || transferMs === null)
    return null;
  return { dnsMs, connectMs, tlsMs, firstByteMs, transferMs };
}

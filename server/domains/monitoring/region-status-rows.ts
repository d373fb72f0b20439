import { sql } from 'drizzle-orm';
import { LIVING_PROBERS } from '../../../drizzle/living-probers.ts';
import type { ProberStatus } from '../../../shared/monitoring/region-status.ts';
import type { Transaction } from '../../database/transaction.ts';
import { toIso } from './monitor-view-rows.ts';

/** A prober and whether it is there. `living`: its session stands, and it reported within the last 15 seconds. */
export type KnownProber = ProberStatus & { region: string; living: boolean };

/**
 * Every prober whose session stands, one that has stopped reporting too, and of each region the one that was seen last. The
 * oldest first.
 */
export async function listKnownProbers(tx: Transaction): Promise<KnownProber[]> {
  const { rows } = await tx.execute<{
    id: number;
    region: string;
    version: string;
    started_at: string;
    last_seen_at: string;
    lateness_p99_ms: number | null;
    checks_running: number;
    cpu_ratio: number | null;
    memory_mib: number | null;
    living: boolean;
  }>(sql`
    with ${sql.raw(LIVING_PROBERS)},
    newest as (select distinct on (region) id from prober_instances order by region, last_seen_at desc, id desc)
    select id, region, version, started_at, last_seen_at, lateness_p99_ms, checks_running, cpu_ratio, memory_mib,
      id = any ((select ids from living)::int[]) and last_seen_at > now() - interval '15 seconds' as living
    from prober_instances
    where id = any ((select ids from living)::int[]) or id in (select id from newest)
    order by started_at, id`);
  return rows.map((row) => ({
    instanceId: row.id,
    region: row.region,
    version: row.version,
    startedAt: toIso(row.started_at),
    lastSeenAt: toIso(row.last_seen_at),
    latenessP99Ms: row.lateness_p99_ms,
    checksRunning: row.checks_running,
    cpuRatio: row.cpu_ratio,
    memoryMib: row.memory_mib,
    living: row.living,
  }));
}

/** Regions where a check of the organization has been due for five seconds and nobody makes it. */
export async function listRegionsBehind(tx: Transaction): Promise<string[]> {
  const { rows } = await tx.execute<{ region: string }>(
    sql`select distinct region from check_schedule
      where due_at < now() - interval '5 seconds' and (leased_by is null or lease_until < now())`,
  );
  return rows.map((row) => row.region);
}

/** How many monitors of the organization each region checks, and how many of these nobody else does. */
export async function countMonitorsByRegion(
  tx: Transaction,
): Promise<Map<string, { monitors: number; onlyHere: number }>> {
  const { rows } = await tx.execute<{ region: string; monitors: number; only_here: number }>(
    sql`select r.region, count(*)::int as monitors, (count(*) filter (where cardinality(m.regions) = 1))::int as only_here
      from monitors m, unnest(m.regions) as r(region) group by r.region`,
  );
  return new Map(rows.map((row) => [row.region, { monitors: row.monitors, onlyHere: row.only_here }]));
}

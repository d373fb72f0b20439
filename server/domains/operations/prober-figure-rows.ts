import type pg from 'pg';

export type ProberFigures = {
  id: number;
  region: string;
  /** Seen within the last 15 seconds. */
  live: boolean;
  latenessP99Ms: number | null;
  checksRunning: number;
  checks: { up: number; degraded: number; down: number; void: number };
};

/** What each prober last said of itself; those that are gone still count in the totals. */
export async function readProberFigures(system: pg.Pool): Promise<ProberFigures[]> {
  const { rows } = await system.query<{
    id: number;
    region: string;
    live: boolean;
    lateness_p99_ms: number | null;
    checks_running: number;
    checks_up: number;
    checks_degraded: number;
    checks_down: number;
    checks_void: number;
  }>(`
    select id, region, last_seen_at > now() - interval '15 seconds' as live, lateness_p99_ms, checks_running,
      checks_up, checks_degraded, checks_down, checks_void
    from prober_instances`);
  return rows.map((row) => ({
    id: row.id,
    region: row.region,
    live: row.live,
    latenessP99Ms: row.lateness_p99_ms,
    checksRunning: row.checks_running,
    checks: {
      up: row.checks_up,
      degraded: row.checks_degraded,
      down: row.checks_down,
      void: row.checks_void,
    },
  }));
}

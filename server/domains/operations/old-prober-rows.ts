import type pg from 'pg';

/**
 * Of the probers of each region that were not seen for so many days, keeps the last and deletes the others. The one that is kept
 * takes over their counts and the first start: what `/metrics` counts never falls, and a region keeps its last sign of life
 * and its place in the list.
 */
export async function foldOldProbers(system: pg.Pool, days: number): Promise<void> {
  await system.query(
    `with old as (
        select id, region, row_number() over (partition by region order by last_seen_at desc, id desc) as place
        from prober_instances where last_seen_at < now() - make_interval(days => $1)
      ), gone as (
        delete from prober_instances p using old where p.id = old.id and old.place > 1
        returning p.region, p.started_at, p.checks_up, p.checks_degraded, p.checks_down, p.checks_void
      ), sums as (
        select region, min(started_at) as started_at, sum(checks_up)::bigint as up, sum(checks_degraded)::bigint as degraded,
          sum(checks_down)::bigint as down, sum(checks_void)::bigint as void
        from gone group by region
      )
      update prober_instances p set started_at = least(p.started_at, sums.started_at), checks_up = p.checks_up + sums.up,
        checks_degraded = p.checks_degraded + sums.degraded, checks_down = p.checks_down + sums.down,
        checks_void = p.checks_void + sums.void
      from sums join old on old.region = sums.region and old.place = 1 where p.id = old.id`,
    [days],
  );
}

import type { Stack } from './stack.ts';

export type Lateness = { checks: number; p50: number; p99: number; worst: number; missing: number };

/** Lateness of the checks whose slot lay between two instants, and how many slots of the grid have no result. */
export async function readLateness(stack: Stack, from: string, to: string): Promise<Lateness> {
  const { rows } = await stack.admin.query<Lateness>(
    `with late as (
      select extract(epoch from checked_at - slot_at)::float8 * 1000 as ms from check_results
      where slot_at >= $1::timestamptz and slot_at < $2::timestamptz and not verification
    ), slots as (
      select s.tenant_id, s.monitor_id, s.region, t.slot_at
      from check_schedule s, lateral (
        select to_timestamp((n * s.interval_seconds::bigint * 1000 + s.phase_ms) / 1000.0) as slot_at
        from generate_series(floor(extract(epoch from $1::timestamptz) / s.interval_seconds)::bigint - 1,
          floor(extract(epoch from $2::timestamptz) / s.interval_seconds)::bigint + 1) n
      ) t
      where t.slot_at >= $1::timestamptz and t.slot_at < $2::timestamptz
    )
    select (select count(*)::int from late) as checks,
      (select percentile_cont(0.5) within group (order by ms) from late) as p50,
      (select percentile_cont(0.99) within group (order by ms) from late) as p99,
      (select max(ms) from late) as worst,
      (select count(*)::int from slots s where not exists (
        select 1 from check_results r where r.tenant_id = s.tenant_id and r.monitor_id = s.monitor_id
          and r.region = s.region and r.slot_at = s.slot_at)) as missing`,
    [from, to],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database answered nothing.');
  return row;
}

export async function resultCount(stack: Stack): Promise<number> {
  const { rows } = await stack.admin.query<{ results: number }>(
    'select count(*)::int as results from check_results',
  );
  return rows[0]?.results ?? 0;
}

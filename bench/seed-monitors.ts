import { randomUUID } from 'node:crypto';
import type pg from 'pg';

export type Seed = {
  monitors: number;
  intervalSeconds: number;
  /** `%s` becomes the monitor's number, so that each target is another. */
  target: string;
  /** Due now, all of them, or each at its own phase within an interval that begins in so many milliseconds. */
  due: 'now' | { inMs: number };
  /** An organization that is there already; a new one when not given. */
  tenantId?: string;
};

/** Fills a database with one organization and its monitors, straight into the tables. @returns the organization's id */
export async function seedMonitors(admin: pg.Pool, seed: Seed): Promise<string> {
  const tenantId = seed.tenantId ?? randomUUID();
  const region = 'local';
  const at = seed.due === 'now' ? '0' : String(seed.due.inMs / 1000);
  if (seed.tenantId === undefined) {
    await admin.query(`insert into tenants (id, name, name_key, slug, plan) values ($1, $2, $2, $2, 'pro')`, [
      tenantId,
      `bench-${tenantId}`,
    ]);
  }
  await admin.query(
    `with made as (
      insert into monitors (tenant_id, id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
        retry_delay_seconds, recovery, degraded_after_ms, regions, tags)
      select $1, gen_random_uuid(), 'Monitor ' || n, 'http', replace($2, '%s', n::text),
        '{"method":"GET","headers":{},"body":null,"followRedirects":true}', '[]', $3, 8000, 1, 5, 1, null, array[$4], '{}'
      from generate_series(1, $5::int) n returning id
    ), states as (
      insert into monitor_states (tenant_id, monitor_id, state, since) select $1, id, 'up', now() from made
    ), spans as (
      insert into state_spans (tenant_id, monitor_id, from_at, state) select $1, id, now(), 'up' from made
    ), outcomes as (
      insert into region_outcomes (tenant_id, monitor_id, region, outcome, streak) select $1, id, $4, 'up', 5 from made
    ), phases as (select id, floor(random() * $3 * 1000)::int as phase_ms from made)
    insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
    select $1, id, $4, false, to_timestamp(((floor(extract(epoch from now()) / $3) + 1) * $3 * 1000 + phase_ms) / 1000.0)
      - case when $6::float8 = 0 then make_interval(secs => 2 * $3) else make_interval(secs => $3 - $6::float8) end,
      $3, phase_ms, 8000
    from phases`,
    [tenantId, seed.target, seed.intervalSeconds, region, seed.monitors, at],
  );
  await admin.query('vacuum analyze');
  return tenantId;
}

import type pg from 'pg';
import { findOverdueQueue } from '../../../shared/jobs/queues.ts';

export async function migrationsApplied(system: pg.Pool): Promise<number> {
  const { rows } = await system.query<{ applied: number }>(
    `select count(*)::int as applied from drizzle.__drizzle_migrations`,
  );
  return rows[0]?.applied ?? 0;
}

/** How long the search for overdue checks, which is due every few seconds, has been waiting; 0 when it is not. */
export async function secondsBehindWithJobs(system: pg.Pool): Promise<number> {
  const { rows } = await system.query<{ seconds: number | null }>(
    `select extract(epoch from now() - min(start_after))::double precision as seconds from pgboss.job
      where name = $1 and state < 'active'`,
    [findOverdueQueue.name],
  );
  return Math.max(0, rows[0]?.seconds ?? 0);
}

/** Seconds since any prober last reported; null when none ever did. */
export async function secondsSinceProber(system: pg.Pool): Promise<number | null> {
  const { rows } = await system.query<{ seconds: number | null }>(
    `select extract(epoch from now() - max(last_seen_at))::double precision as seconds from prober_instances`,
  );
  return rows[0]?.seconds ?? null;
}

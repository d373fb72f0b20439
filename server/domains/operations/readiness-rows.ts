import type pg from 'pg';

export async function migrationsApplied(system: pg.Pool): Promise<number> {
  const { rows } = await system.query<{ applied: number }>(
    `select count(*)::int as applied from drizzle.__drizzle_migrations`,
  );
  return rows[0]?.applied ?? 0;
}

export async function isBossInstalled(system: pg.Pool): Promise<boolean> {
  const { rowCount } = await system.query('select 1 from pgboss.version limit 1');
  return rowCount === 1;
}

/** Seconds since any prober last reported; null when none ever did. */
export async function secondsSinceProber(system: pg.Pool): Promise<number | null> {
  const { rows } = await system.query<{ seconds: number | null }>(
    `select extract(epoch from now() - max(last_seen_at))::double precision as seconds from prober_instances`,
  );
  return rows[0]?.seconds ?? null;
}

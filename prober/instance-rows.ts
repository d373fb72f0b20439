import type pg from 'pg';

/** What a prober tells of itself with each heartbeat. Counts are since it started. */
export type InstanceFigures = {
  latenessP99Ms: number | null;
  checksRunning: number;
  /** Share of one processor core it used since the last heartbeat; null at the first. */
  cpuRatio: number | null;
  memoryMib: number;
  checks: Record<'up' | 'degraded' | 'down' | 'void', number>;
};

/** Enters a new prober into the list. @returns its instance id */
export async function insertInstance(
  pool: pg.Pool,
  instance: { region: string; version: string; host: string },
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    'insert into prober_instances (region, version, host) values ($1, $2, $3) returning id',
    [instance.region, instance.version, instance.host],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database gave the prober no id.');
  return row.id;
}

/** Writes a heartbeat. @returns the database's clock, epoch milliseconds */
export async function updateInstance(
  pool: pg.Pool,
  instanceId: number,
  figures: InstanceFigures,
): Promise<number> {
  const { checks } = figures;
  const { rows } = await pool.query<{ now_ms: number }>({
    name: 'update-instance',
    text: `update prober_instances set last_seen_at = now(), lateness_p99_ms = $2, checks_running = $3,
        cpu_ratio = $4, memory_mib = $5, checks_up = $6, checks_degraded = $7, checks_down = $8, checks_void = $9
      where id = $1 returning extract(epoch from clock_timestamp())::float8 * 1000 as now_ms`,
    values: [
      instanceId,
      figures.latenessP99Ms,
      figures.checksRunning,
      figures.cpuRatio,
      figures.memoryMib,
      checks.up,
      checks.degraded,
      checks.down,
      checks.void,
    ],
  });
  const [row] = rows;
  if (row === undefined) throw new Error(`The database no longer knows prober ${instanceId}.`);
  return row.now_ms;
}

/** Says that an instance goes in peace: it is not waited for. */
export async function retireInstance(pool: pg.Pool, instanceId: number): Promise<void> {
  await pool.query('update prober_instances set checks_running = 0 where id = $1', [instanceId]);
}

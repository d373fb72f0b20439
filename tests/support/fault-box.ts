import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';
import { createRoles } from '../../drizzle/create-roles.ts';
import { migrate } from '../../drizzle/migrate.ts';
import type { RoleUrls } from '../../drizzle/roles.ts';
import { gridPhaseMs } from '../../shared/monitoring/check-grid.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import { type RunningProcess, runProcess } from './run-process.ts';
import { freePort } from './test-server.ts';

/** A Postgres of a test's own, and real processes of ours on it: made to be broken. */
export type FaultBox = {
  urls: RoleUrls;
  /** One statement as the superuser, on a connection of its own. */
  ask: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Ends Postgres: `fast` cuts sessions and writes everything down, `immediate` does not, as a crash. */
  stopPostgres: (how: 'fast' | 'immediate') => Promise<void>;
  startPostgres: () => Promise<void>;
  startProber: (options?: ProberOptions) => Promise<RunningProber>;
  startServer: () => Promise<RunningProcess & { port: number }>;
  /** Monitors of one organization, on their grid from now on. */
  addMonitors: (
    count: number,
    options: { target: string; intervalSeconds: number; timeoutMs: number },
  ) => Promise<void>;
};

export type ProberOptions = {
  /** The way it takes to the database, when not the direct one. */
  databaseUrl?: string;
  /** The folder of a prober that ran before, when it is to go on with what that left. */
  dataDir?: string;
};
export type RunningProber = RunningProcess & { instanceId: number; dataDir: string };

export async function openFaultBox(): Promise<FaultBox> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sw-prober-fault-'));
  await chmod(folder, 0o755); // Postgres never runs as root: its own user has to be able to go in
  const dataDir = path.join(folder, 'postgres');
  const port = await freePort();
  const start = () => startEmbeddedPostgres({ dataDir, port, password: 'fault-test' });
  let postgres: EmbeddedPostgres = await start();
  let probers = 0;
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const urls = await createRoles({ adminUrl: postgres.adminUrl });
  await migrate({ ownerUrl: urls.owner });
  const adminUrl = new URL(postgres.adminUrl);
  adminUrl.pathname = new URL(urls.app).pathname;

  const ask: FaultBox['ask'] = async (sql, values) => {
    const client = new pg.Client({ connectionString: adminUrl.toString() });
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  };

  return {
    urls,
    ask,
    async stopPostgres(how) {
      if (how === 'immediate') {
        const [pid] = (await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
        process.kill(Number(pid), 'SIGQUIT'); // what `pg_ctl stop --mode=immediate` sends
      }
      await postgres.stop();
    },
    async startPostgres() {
      postgres = await start();
    },
    async startProber({ databaseUrl = urls.prober, dataDir: former } = {}) {
      probers += 1;
      const own = former ?? path.join(folder, `prober-${probers}`);
      const running = runProcess('prober/main.ts', {
        PROBER_DATABASE_URL: databaseUrl,
        MONITOR_KEY,
        PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
        DATA_DIR: own,
      });
      const { instanceId } = await running.event('prober.started');
      return { ...running, instanceId: Number(instanceId), dataDir: own };
    },
    async startServer() {
      const serverPort = await freePort();
      const running = runProcess('server/main.ts', {
        PORT: String(serverPort),
        SECRET_KEY: 'rU7fK2vXq9LmT4yZ0bNcW8sHdGpJ3aEo5iVx',
        MONITOR_KEY,
        DATABASE_URL: urls.app,
        IDENTITY_DATABASE_URL: urls.identity,
        SYSTEM_DATABASE_URL: urls.system,
        PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
      });
      await running.event('server.started');
      return { ...running, port: serverPort };
    },
    async addMonitors(count, { target, intervalSeconds, timeoutMs }) {
      const tenantId = randomUUID();
      const ids = Array.from({ length: count }, () => randomUUID());
      const phases = ids.map((id) => gridPhaseMs(id, 'local', intervalSeconds));
      await ask(
        `with tenant as (
          insert into tenants (id, name, name_key, slug, plan) values ($1::uuid, $1::text, $1::text, $1::text, 'pro') returning id
        ), given as (
          select * from unnest($2::uuid[], $3::int[]) as g(id, phase_ms)
        ), monitor as (
          insert into monitors (tenant_id, id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
            retry_delay_seconds, recovery, regions, tags)
          select tenant.id, given.id, 'A monitor', 'http', $4 || given.id,
            '{"method":"GET","headers":{},"body":null,"followRedirects":true}', '[]', $5, $6, 1, 1, 1, '{local}', '{}'
          from tenant, given returning tenant_id, id
        ), state as (
          insert into monitor_states (tenant_id, monitor_id, state, since) select tenant_id, id, 'pending', now() from monitor
        ), span as (
          insert into state_spans (tenant_id, monitor_id, from_at, state) select tenant_id, id, now(), 'pending' from monitor
        ), outcome as (
          insert into region_outcomes (tenant_id, monitor_id, region) select tenant_id, id, 'local' from monitor
        )
        insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
        select tenant_id, id, 'local', false,
          to_timestamp((floor((extract(epoch from now()) * 1000 - phase_ms) / ($5 * 1000)) + 1) * $5 + phase_ms / 1000.0),
          $5, phase_ms, $6
        from monitor join given using (id)`,
        [tenantId, ids, phases, target, intervalSeconds, timeoutMs],
      );
    },
  };
}

/** Each monitor's slots that have a result, epoch milliseconds, oldest first. */
export async function slotsByMonitor(box: FaultBox): Promise<Map<string, number[]>> {
  const rows = await box.ask<{ id: string; slots: number[] }>(
    `select monitor_id as id, array_agg((extract(epoch from slot_at) * 1000)::float8 order by slot_at) as slots
    from check_results where not verification group by monitor_id`,
  );
  return new Map(rows.map(({ id, slots }) => [id, slots]));
}

/** Slots of the grid without a result, between a monitor's first and its last. */
export function missingSlots(slots: Map<string, number[]>, intervalMs: number): string[] {
  return [...slots].flatMap(([id, own]) =>
    own.slice(1).flatMap((slotMs, index) => {
      const gapMs = slotMs - (own[index] ?? slotMs);
      return gapMs === intervalMs ? [] : [`${id}: ${gapMs} ms before ${new Date(slotMs).toISOString()}`];
    }),
  );
}

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type ClaimedCheck, claimDueChecks } from '../../prober/claim-due-checks.ts';
import { type FinishedCheck, recordResults } from '../../prober/record-results.ts';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import { PROBER_LOCK_CLASS } from '../../shared/jobs/wake-channel.ts';
import { testRing } from './monitor-key.ts';
import { openDatabase, type TestDatabase } from './test-database.ts';

export const REGION = 'local';

export type Scheduled = { tenantId: string; monitorId: string };

export type ScheduleRow = {
  dueMs: number;
  leasedBy: number | null;
  leaseUntilMs: number | null;
  verification: boolean;
};

export type ProberDatabase = {
  database: TestDatabase;
  /** Connections of `statuswatch_prober`. */
  pool: pg.Pool;
  /** An organization with nothing in it. */
  addTenant: () => Promise<string>;
  /** A monitor that is due so many milliseconds from now (negative: since then), by the database's clock. */
  addMonitor: (options?: {
    tenantId?: string;
    region?: string;
    dueInMs?: number;
    intervalSeconds?: number;
    timeoutMs?: number;
    phaseMs?: number;
    verification?: boolean;
    target?: string;
  }) => Promise<Scheduled>;
  /** A prober that lives as far as its session goes: with `die` its session ends. */
  addInstance: (region?: string) => Promise<{ instanceId: number; die: () => Promise<void> }>;
  claim: (
    instanceId: number,
    options?: { limit?: number; aheadMs?: number; region?: string },
  ) => Promise<ClaimedCheck[]>;
  /** Claims the one check that is due; fails when there is none, or more. */
  claimOne: (instanceId: number) => Promise<ClaimedCheck>;
  /** Has a monitor's slot due now again, as if its interval had passed. */
  passInterval: (monitor: Scheduled) => Promise<void>;
  record: (batch: FinishedCheck[], nowMs?: number) => Promise<void>;
  schedule: (monitor: Scheduled) => Promise<ScheduleRow[]>;
  results: (monitor: Scheduled) => Promise<{ slotMs: number; outcome: string; verification: boolean }[]>;
  outcome: (
    monitor: Scheduled,
  ) => Promise<{ outcome: string | null; streak: number; lastSlotMs: number | null }>;
  /** Monitors that somebody asked to have decided, one entry a job. */
  decisions: () => Promise<string[]>;
  nowMs: () => Promise<number>;
};

const MS = (column: string) => `extract(epoch from ${column})::float8 * 1000`;

/** The database as a prober meets it, with monitors written straight into the tables. */
export async function openProberDatabase(): Promise<ProberDatabase> {
  const database = await openDatabase();
  const pool = new pg.Pool({ connectionString: database.urls.prober, max: 8 });
  const sessions = new Set<pg.Client>();
  afterAll(async () => {
    for (const session of sessions) await session.end();
    await pool.end();
  });
  const { admin } = database;
  const nowMs = async () => {
    const [row] = await admin<{ now: number }>(`select ${MS('clock_timestamp()')} as now`);
    return Math.round(row?.now ?? Number.NaN);
  };

  const addTenant = async () => {
    const id = randomUUID();
    await admin(`insert into tenants (id, name, name_key, slug, plan) values ($1, $2, $2, $2, 'pro')`, [
      id,
      `tenant-${id}`,
    ]);
    return id;
  };

  return {
    database,
    pool,
    nowMs,
    addTenant,
    async addMonitor(options = {}) {
      const tenantId = options.tenantId ?? (await addTenant());
      const monitorId = randomUUID();
      const { intervalSeconds = 60, timeoutMs = 10_000, region = REGION } = options;
      await admin(
        `insert into monitors (tenant_id, id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
          retry_delay_seconds, recovery, regions, tags)
        values ($1, $2, 'A monitor', 'http', $3, '{"method":"GET","headers":{},"body":null,"followRedirects":true}', '[]', $4, $5,
          1, 5, 1, $6, '{}')`,
        [
          tenantId,
          monitorId,
          options.target ?? `https://example.com/${monitorId}`,
          intervalSeconds,
          timeoutMs,
          [region],
        ],
      );
      await admin(
        `insert into monitor_states (tenant_id, monitor_id, state, since) values ($1, $2, 'pending', now())`,
        [tenantId, monitorId],
      );
      await admin(`insert into region_outcomes (tenant_id, monitor_id, region) values ($1, $2, $3)`, [
        tenantId,
        monitorId,
        region,
      ]);
      await admin(
        `insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
        values ($1, $2, $3, $4, date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => $5), $6, $7, $8)`,
        [
          ...[tenantId, monitorId, region, options.verification ?? false],
          ...[(options.dueInMs ?? -100) / 1000, intervalSeconds, options.phaseMs ?? 0, timeoutMs],
        ],
      );
      return { tenantId, monitorId };
    },
    async addInstance(region = REGION) {
      const { rows } = await pool.query<{ id: number }>(
        `insert into prober_instances (region, version, host) values ($1, 'test', 'test') returning id`,
        [region],
      );
      const instanceId = rows[0]?.id ?? Number.NaN;
      const session = new pg.Client({ connectionString: database.urls.prober });
      await session.connect();
      await session.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, instanceId]);
      sessions.add(session);
      return {
        instanceId,
        async die() {
          sessions.delete(session);
          await session.end();
        },
      };
    },
    async claimOne(instanceId) {
      const [check, ...more] = await claimDueChecks(pool, {
        region: REGION,
        instanceId,
        limit: 100,
        aheadMs: 0,
        ring: testRing(),
      });
      if (check === undefined || more.length > 0)
        throw new Error(`Expected one check, not ${more.length + 1}.`);
      return check;
    },
    async passInterval({ monitorId }) {
      await admin(
        `update check_schedule set due_at = date_trunc('milliseconds', clock_timestamp()) where monitor_id = $1`,
        [monitorId],
      );
    },
    claim: (instanceId, { limit = 100, aheadMs = 0, region = REGION } = {}) =>
      claimDueChecks(pool, { region, instanceId, limit, aheadMs, ring: testRing() }),
    record: async (batch, now) => recordResults(pool, batch, now ?? (await nowMs())),
    async schedule({ tenantId, monitorId }) {
      return admin<ScheduleRow>(
        `select ${MS('due_at')} as "dueMs", leased_by as "leasedBy", ${MS('lease_until')} as "leaseUntilMs", verification
        from check_schedule where tenant_id = $1 and monitor_id = $2 order by verification`,
        [tenantId, monitorId],
      );
    },
    async results({ tenantId, monitorId }) {
      return admin(
        `select ${MS('slot_at')} as "slotMs", outcome, verification from check_results
        where tenant_id = $1 and monitor_id = $2 order by slot_at`,
        [tenantId, monitorId],
      );
    },
    async outcome({ tenantId, monitorId }) {
      const [row] = await admin<{ outcome: string | null; streak: number; lastSlotMs: number | null }>(
        `select outcome, streak, ${MS('last_slot_at')} as "lastSlotMs" from region_outcomes
        where tenant_id = $1 and monitor_id = $2`,
        [tenantId, monitorId],
      );
      if (row === undefined) throw new Error('There is no outcome of this monitor.');
      return row;
    },
    async decisions() {
      const rows = await admin<{ id: string }>(
        `select data ->> 'monitorId' as id from pgboss.job where name = 'monitoring.decide' order by created_on`,
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** What a check found, as a good one does unless told otherwise. */
export function found(outcome: CheckFinding['outcome'] = 'up'): CheckFinding {
  const bad = outcome === 'down' || outcome === 'void';
  return {
    outcome,
    code: bad ? 'unexpected_status' : 'ok',
    reason: bad ? 'Status 500, expected 200 to 399.' : null,
    statusCode: bad ? 500 : 200,
    timings: { dnsMs: 1, connectMs: 2, tlsMs: null, firstByteMs: 3, transferMs: 4, totalMs: 10 },
  };
}

/** A claimed check that is done, begun at its slot. */
export const finished = (check: ClaimedCheck, outcome?: CheckFinding['outcome']): FinishedCheck => ({
  check,
  checkedAtMs: check.slotMs,
  finding: found(outcome),
});

import pg from 'pg';
import { afterAll } from 'vitest';
import type { ClaimedCheck } from '../../prober/claim-due-checks.ts';
import { recordResults } from '../../prober/record-results.ts';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import type { ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import type { Monitor } from '../../shared/monitoring/monitor.ts';
import { PLAIN_SPEC } from './some-check.ts';
import type { TestDatabase } from './test-database.ts';

export type Report = Partial<CheckFinding> & {
  outcome: CheckFinding['outcome'];
  region?: string;
  /** Answers the check that was asked for off the grid; there must be one. */
  verification?: boolean;
  /** The slot it is for; now, unless given. */
  slotAt?: Date;
  /** What was sent and came back. */
  exchange?: ExchangeRecord;
};

export type HandProber = {
  /** Records what a check found, as a prober records it. @returns the slot */
  report: (monitor: Pick<Monitor, 'id' | 'intervalSeconds'>, report: Report) => Promise<Date>;
  /** Regions in which a check off the grid is wanted. */
  wanted: (monitorId: string) => Promise<string[]>;
};

/** A prober worked by hand: its rows are written by the prober's own code, as its own role, at instants of our choice. */
export async function openHandProber(database: TestDatabase): Promise<HandProber> {
  const pool = new pg.Pool({ connectionString: database.urls.prober, max: 2 });
  afterAll(async () => {
    await pool.end();
  });

  return {
    async report(monitor, { region = 'local', verification = false, slotAt, exchange, ...finding }) {
      const { rows } = await pool.query<{
        tenant_id: string;
        due_at: Date;
        timeout_ms: number;
        phase_ms: number;
      }>(
        `update check_schedule set due_at = coalesce($4, date_trunc('milliseconds', clock_timestamp()))
          where monitor_id = $1 and region = $2 and verification = $3 returning tenant_id, due_at, phase_ms`,
        [monitor.id, region, verification, slotAt ?? null],
      );
      const [row] = rows;
      if (row === undefined) throw new Error(`No check of this monitor is due in ${region}.`);
      const check: ClaimedCheck = {
        tenantId: row.tenant_id,
        monitorId: monitor.id,
        region,
        verification,
        slotMs: row.due_at.getTime(),
        intervalMs: monitor.intervalSeconds * 1000,
        phaseMs: row.phase_ms,
        isSteady: false,
        spec: PLAIN_SPEC,
      };
      const good = finding.outcome === 'up';
      const timings = { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5, totalMs: 15 };
      const whole: CheckFinding = {
        code: good ? 'ok' : 'unexpected_status',
        reason: good ? null : 'Status 500, expected 200 to 399.',
        statusCode: good ? 200 : 500,
        timings,
        ...finding,
      };
      const trace = exchange === undefined ? null : { toRecord: () => exchange };
      const done = { check, checkedAtMs: check.slotMs, finding: whole, trace };
      await recordResults(pool, [done], Date.now());
      return row.due_at;
    },
    async wanted(monitorId) {
      const { rows } = await pool.query<{ region: string }>(
        'select region from check_schedule where monitor_id = $1 and verification order by region',
        [monitorId],
      );
      return rows.map((row) => row.region);
    },
  };
}

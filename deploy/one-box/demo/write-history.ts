import pg from 'pg';
import { nextSlotAfter } from '../../../shared/monitoring/check-grid.ts';
import type { History, PastResult } from './history.ts';

/** Rows a statement: the arrays of one stay under a megabyte. */
const BATCH = 5000;

export type DemoMonitor = {
  tenantId: string;
  id: string;
  intervalSeconds: number;
  phaseMs: number;
  /** Where its history was made, and where it is checked from now on. */
  region: string;
};

/** Writes the results of a monitor's past, as the role that records results. */
export async function writeResults(
  prober: pg.Client,
  monitor: DemoMonitor,
  results: readonly PastResult[],
): Promise<void> {
  for (let start = 0; start < results.length; start += BATCH) {
    const batch = results.slice(start, start + BATCH);
    const column = <T>(of: (result: PastResult) => T) => batch.map(of);
    await prober.query(
      `insert into check_results (tenant_id, monitor_id, region, slot_at, checked_at, verification, outcome, code, reason,
          status_code, dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms)
        select $1, $2, $3, to_timestamp(slot_ms / 1000), to_timestamp((slot_ms + 1) / 1000), verification, outcome, code,
          reason, status_code, dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms
        from unnest($4::float8[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::smallint[], $10::real[],
          $11::real[], $12::real[], $13::real[], $14::real[], $15::real[])
          as r (slot_ms, verification, outcome, code, reason, status_code, dns_ms, connect_ms, tls_ms, first_byte_ms,
            transfer_ms, total_ms)`,
      [
        monitor.tenantId,
        monitor.id,
        monitor.region,
        column((result) => result.slotMs),
        column((result) => result.verification),
        column((result) => result.outcome),
        column((result) => result.code),
        column((result) => result.reason),
        column((result) => result.statusCode),
        column((result) => result.timings.dnsMs),
        column((result) => result.timings.connectMs),
        column((result) => result.timings.tlsMs),
        column((result) => result.timings.firstByteMs),
        column((result) => result.timings.transferMs),
        column((result) => result.timings.totalMs),
      ],
    );
  }
}

/** Gives a monitor its past states and lets its checks begin, or not, where its history ended: one commit, as its organization. */
export async function writeStates(app: pg.Client, monitor: DemoMonitor, history: History): Promise<void> {
  const key = [monitor.tenantId, monitor.id];
  await app.query('begin');
  await app.query(`set local app.tenant_id = ${pg.escapeLiteral(monitor.tenantId)}`);
  await app.query('select 1 from monitor_states where tenant_id = $1 and monitor_id = $2 for update', key);
  await app.query(
    `update monitors set created_at = to_timestamp($3::float8 / 1000), updated_at = to_timestamp($3::float8 / 1000), regions = array[$4]
      where tenant_id = $1 and id = $2`,
    [...key, history.createdMs, monitor.region],
  );
  await app.query('delete from state_spans where tenant_id = $1 and monitor_id = $2', key);
  const { spans } = history;
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    await app.query(
      `insert into state_spans (tenant_id, monitor_id, state, from_at, to_at)
        values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000))`,
      [...key, span.state, span.fromMs, spans[index + 1]?.fromMs ?? null],
    );
    if (before === undefined) continue;
    await app.query(
      `insert into state_changes (tenant_id, monitor_id, at, from_state, to_state, reason, code)
        values ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, $6, $7)`,
      [...key, span.fromMs, before.state, span.state, span.reason, span.code],
    );
  }
  const now = spans.at(-1) ?? spans[0];
  const last = history.results.at(-1);
  // A state that holds goes on in the words of the newest result.
  const { reason, code } = last?.outcome === now.state ? last : now;
  await app.query(
    `update monitor_states set state = $3, since = to_timestamp($4::float8 / 1000), reason = $5, code = $6, updated_at = now()
      where tenant_id = $1 and monitor_id = $2`,
    [...key, now.state, now.fromMs, reason, code],
  );
  await writeOutcome(app, monitor, history.results, now.state === 'unknown');
  await writeSchedule(app, monitor, history, now.state);
  await app.query('commit');
}

async function writeOutcome(
  app: pg.Client,
  monitor: DemoMonitor,
  results: readonly PastResult[],
  silent: boolean,
): Promise<void> {
  const last = results.at(-1);
  await app.query(
    `update region_outcomes set region = $3, outcome = $4, streak = $5, last_slot_at = to_timestamp($6::float8 / 1000),
        last_checked_at = to_timestamp(($6::float8 + 1) / 1000), code = $7, reason = $8, latency_ms = $9, recorded_at = now()
      where tenant_id = $1 and monitor_id = $2`,
    [
      monitor.tenantId,
      monitor.id,
      monitor.region,
      silent ? null : (last?.outcome ?? null),
      silent ? 0 : streakOf(results),
      last?.slotMs ?? null,
      last?.code ?? null,
      last?.reason ?? null,
      last?.outcome === 'down' ? null : (last?.timings.totalMs ?? null),
    ],
  );
}

function streakOf(results: readonly PastResult[]): number {
  const last = results.at(-1);
  const turned = results.findLastIndex(({ outcome }) => outcome !== last?.outcome);
  return results.length - 1 - turned;
}

async function writeSchedule(
  app: pg.Client,
  monitor: DemoMonitor,
  { results, createdMs }: History,
  state: string,
): Promise<void> {
  const key = [monitor.tenantId, monitor.id];
  if (state === 'paused') {
    await app.query('delete from check_schedule where tenant_id = $1 and monitor_id = $2', key);
    return;
  }
  const lastMs = results.findLast(({ verification }) => !verification)?.slotMs ?? createdMs;
  const dueMs = nextSlotAfter(lastMs, monitor.intervalSeconds * 1000, monitor.phaseMs);
  await app.query(
    `update check_schedule set region = $3, due_at = to_timestamp($4::float8 / 1000), phase_ms = $5,
        overdue_noted_at = case when $6 then to_timestamp($4::float8 / 1000) end
      where tenant_id = $1 and monitor_id = $2`,
    [...key, monitor.region, dueMs, monitor.phaseMs, state === 'unknown'],
  );
}

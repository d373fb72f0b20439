import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { nextSlotAfter } from '../../../shared/monitoring/check-grid.ts';
import type { Grid, History, PastResult, PastSpan } from './history.ts';

/** Rows a statement: the arrays of one stay under a megabyte. */
const BATCH = 5000;

export type DemoMonitor = {
  tenantId: string;
  id: string;
  intervalSeconds: number;
  phaseMs: number;
  /** Where its history was made, and where it is checked from now on. */
  region: string;
  /** A region that watched it, too, and fell silent. */
  silent: Grid | null;
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
        select $1, $2, region, to_timestamp(slot_ms / 1000), to_timestamp((slot_ms + 1) / 1000), verification, outcome, code,
          reason, status_code, dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms
        from unnest($3::text[], $4::float8[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::smallint[], $10::real[],
          $11::real[], $12::real[], $13::real[], $14::real[], $15::real[])
          as r (region, slot_ms, verification, outcome, code, reason, status_code, dns_ms, connect_ms, tls_ms, first_byte_ms,
            transfer_ms, total_ms)`,
      [
        monitor.tenantId,
        monitor.id,
        column((result) => result.region),
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

/**
 * Gives a monitor its past states and lets its checks begin, or not, where its history ended: one commit, as its
 * organization. @returns the id of each change, oldest first
 */
export async function writeStates(app: pg.Client, monitor: DemoMonitor, history: History): Promise<string[]> {
  const key = [monitor.tenantId, monitor.id];
  await app.query('begin');
  await app.query(`set local app.tenant_id = ${pg.escapeLiteral(monitor.tenantId)}`);
  await app.query('select 1 from monitor_states where tenant_id = $1 and monitor_id = $2 for update', key);
  await app.query(
    `update monitors set created_at = to_timestamp($3::float8 / 1000), updated_at = to_timestamp($3::float8 / 1000), regions = $4
      where tenant_id = $1 and id = $2`,
    [
      ...key,
      history.createdMs,
      [monitor.region, ...(monitor.silent === null ? [] : [monitor.silent.region])],
    ],
  );
  await app.query('delete from state_spans where tenant_id = $1 and monitor_id = $2', key);
  const { spans } = history;
  const changeIds: string[] = [];
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    await app.query(
      `insert into state_spans (tenant_id, monitor_id, state, from_at, to_at)
        values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000))`,
      [...key, span.state, span.fromMs, spans[index + 1]?.fromMs ?? null],
    );
    if (before === undefined) continue;
    changeIds.push(await writeChange(app, monitor, before, span));
  }
  const now = spans.at(-1) ?? spans[0];
  const own = history.results.filter(({ region }) => region === monitor.region);
  const last = own.at(-1);
  // A state that holds goes on in the words of the newest result; one that is held goes on in its own.
  const { reason, code } = last?.outcome === now.state && history.flappingSinceMs === null ? last : now;
  await app.query(
    `update monitor_states set state = $3, since = to_timestamp($4::float8 / 1000), reason = $5, code = $6,
        flapping_since = to_timestamp($7::float8 / 1000), decide_at = to_timestamp($7::float8 / 1000), updated_at = now()
      where tenant_id = $1 and monitor_id = $2`,
    [...key, now.state, now.fromMs, reason, code, history.flappingSinceMs],
  );
  await writeOutcome(app, monitor, own, now.state === 'unknown');
  await writeSchedule(app, monitor, history, now.state);
  if (monitor.silent !== null) await writeSilentRegion(app, monitor, monitor.silent, history);
  await app.query('commit');
  return changeIds;
}

async function writeChange(
  app: pg.Client,
  monitor: DemoMonitor,
  before: PastSpan,
  span: PastSpan,
): Promise<string> {
  const id = randomUUID();
  await app.query(
    `insert into state_changes
        (tenant_id, monitor_id, id, at, recorded_at, from_state, to_state, reason, code, flapping, grounds)
      values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6, $7, $8, $9, $10, $11)`,
    [
      ...[monitor.tenantId, monitor.id, id, span.fromMs, span.decidedMs, before.state, span.state],
      ...[span.reason, span.code, span.flapping, span.grounds === null ? null : JSON.stringify(span.grounds)],
    ],
  );
  return id;
}

/** Gives a monitor a second region, which said nothing any more after its last result. */
async function writeSilentRegion(
  app: pg.Client,
  monitor: DemoMonitor,
  { region, phaseMs }: Grid,
  history: History,
): Promise<void> {
  const results = history.results.filter((result) => result.region === region);
  const lastMs = results.at(-1)?.slotMs ?? history.createdMs;
  const key = [monitor.tenantId, monitor.id, region];
  await app.query(
    `insert into region_outcomes
        (tenant_id, monitor_id, region, outcome, streak, last_slot_at, last_checked_at, turned_at, code, latency_ms)
      values ($1, $2, $3, 'up', $4, to_timestamp($5::float8 / 1000), to_timestamp($5::float8 / 1000),
        to_timestamp($6::float8 / 1000), 'ok', $7)`,
    [...key, streakOf(results), lastMs, turnedMsOf(results), results.at(-1)?.timings.totalMs ?? null],
  );
  const dueMs = nextSlotAfter(lastMs, monitor.intervalSeconds * 1000, phaseMs);
  await app.query(
    `insert into check_schedule
        (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms, overdue_noted_at)
      select tenant_id, monitor_id, $3, false, to_timestamp($4::float8 / 1000), interval_seconds, $5, timeout_ms,
          to_timestamp($4::float8 / 1000)
        from check_schedule where tenant_id = $1 and monitor_id = $2 limit 1`,
    [...key, dueMs, phaseMs],
  );
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
        last_checked_at = to_timestamp(($6::float8 + 1) / 1000), code = $7, reason = $8, latency_ms = $9,
        turned_at = to_timestamp($10::float8 / 1000), recorded_at = now()
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
      turnedMsOf(results),
    ],
  );
}

function streakOf(results: readonly PastResult[]): number {
  const last = results.at(-1);
  const turned = results.findLastIndex(({ outcome }) => outcome !== last?.outcome);
  return results.length - 1 - turned;
}

function turnedMsOf(results: readonly PastResult[]): number | null {
  return results.at(-streakOf(results))?.slotMs ?? null;
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
  const lastMs =
    results.findLast(({ verification, region }) => !verification && region === monitor.region)?.slotMs ??
    createdMs;
  const dueMs = nextSlotAfter(lastMs, monitor.intervalSeconds * 1000, monitor.phaseMs);
  await app.query(
    `update check_schedule set region = $3, due_at = to_timestamp($4::float8 / 1000), phase_ms = $5,
        overdue_noted_at = case when $6 then to_timestamp($4::float8 / 1000) end
      where tenant_id = $1 and monitor_id = $2`,
    [...key, monitor.region, dueMs, monitor.phaseMs, state === 'unknown'],
  );
}

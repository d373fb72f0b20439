import { type SQL, sql } from 'drizzle-orm';
import type { Assertion } from '../../../shared/checks/assertion-input.ts';
import type { HttpSettings } from '../../../shared/checks/http-spec-input.ts';
import type { HeldBack, Monitor } from '../../../shared/monitoring/monitor.ts';
import type { MonitorKind } from '../../../shared/monitoring/monitor-kind.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { BeforePlan } from '../../../shared/monitoring/plan-settings.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { SILENCE_SQL } from './silence-sql.ts';

/** A monitor with its state and its newest result, as `MONITOR_VIEW` selects it. Instants come as Postgres writes them. */
export type MonitorViewRow = {
  id: string;
  name: string;
  kind: MonitorKind;
  target: string;
  http: HttpSettings;
  sealed: Uint8Array | null;
  assertions: Assertion[];
  interval_seconds: number;
  timeout_ms: number;
  retries: number;
  retry_delay_seconds: number;
  recovery: number;
  degraded_after_ms: number | null;
  certificate_days: number | null;
  quorum: number | null;
  flap_changes: number;
  flap_window_minutes: number;
  flap_quiet_minutes: number;
  flapping_since: string | null;
  silent_regions: string[];
  regions: string[];
  tags: string[];
  created_at: string;
  updated_at: string;
  state: MonitorState;
  since: string;
  reason: string | null;
  paused_for: Monitor['pausedFor'];
  before_plan: BeforePlan | null;
  last_checked_at: string | null;
  latency_ms: number | null;
  uptime_24h: number | null;
};

/** Regions of a monitor `m` that have nothing to say: overdue, or cut off. Asked only of the monitors on a page. */
const SILENT_REGIONS = `array(
    select s.region from check_schedule s
    left join region_outcomes o on o.tenant_id = s.tenant_id and o.monitor_id = s.monitor_id and o.region = s.region
    where s.tenant_id = m.tenant_id and s.monitor_id = m.id and not s.verification
      and (${SILENCE_SQL.overdue} or ${SILENCE_SQL.cutOff})
    order by array_position(m.regions, s.region))`;

/** Columns of `MONITOR_SOURCE` and `uptime24h` that make a `MonitorViewRow`. */
export const MONITOR_COLUMNS = sql.raw(`
  m.id, m.name, m.kind, m.target, m.http, m.sealed, m.assertions, m.interval_seconds, m.timeout_ms, m.retries,
  m.retry_delay_seconds, m.recovery, m.degraded_after_ms, m.certificate_days, m.quorum, m.flap_changes, m.flap_window_minutes,
  m.flap_quiet_minutes, s.flapping_since, ${SILENT_REGIONS} as silent_regions, m.regions, m.tags, m.created_at, m.updated_at,
  s.state, s.since, s.reason, s.paused_for, m.before_plan, o.last_checked_at, o.latency_ms, u.uptime_24h`);

/** Monitors with their state: enough to search, filter and count. */
export const MONITOR_AND_STATE = sql.raw(`
  monitors m
  join monitor_states s on s.tenant_id = m.tenant_id and s.monitor_id = m.id`);

/** The newest word of any region about a monitor `m`. */
export const NEWEST_OUTCOME = sql.raw(`
  left join lateral (
    select r.last_checked_at, r.latency_ms, r.recorded_at from region_outcomes r
    where r.tenant_id = m.tenant_id and r.monitor_id = m.id
    order by r.last_checked_at desc nulls last limit 1
  ) o on true`);

export const MONITOR_SOURCE = sql`${MONITOR_AND_STATE} ${NEWEST_OUTCOME}`;

/**
 * The share of the 24 hours before an instant, of what was watched, that was up or degraded. Starts at the span that
 * covers their begin. For one instant it stays the same, however the state changes later.
 */
export function uptime24h(at: SQL): SQL {
  return sql`
  left join lateral (
    select coalesce(sum(w.seconds) filter (where w.state <> 'down'), 0) / nullif(sum(w.seconds), 0) as uptime_24h
    from (
      select p.state,
        extract(epoch from least(p.to_at, ${at}) - greatest(p.from_at, ${at} - interval '24 hours'))::double precision as seconds
      from state_spans p
      where p.tenant_id = m.tenant_id and p.monitor_id = m.id and p.state in ('up', 'degraded', 'down')
        and p.from_at < ${at} and coalesce(p.to_at, ${at}) > ${at} - interval '24 hours'
        and p.from_at >= coalesce((
          select max(q.from_at) from state_spans q
          where q.tenant_id = m.tenant_id and q.monitor_id = m.id and q.from_at <= ${at} - interval '24 hours'
        ), '-infinity')
    ) w
  ) u on true`;
}

/** Every monitor of the organization that `where` holds for, whole. */
export function selectMonitors(where: SQL): SQL {
  return sql`select ${MONITOR_COLUMNS}, greatest(m.updated_at, s.updated_at, o.recorded_at) as changed_at
    from ${MONITOR_SOURCE} ${uptime24h(sql`now()`)} where ${where}`;
}

export function toMonitor(row: MonitorViewRow): StoredMonitor {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    target: row.target,
    state: row.state,
    stateSince: toIso(row.since),
    reason: row.reason,
    pausedFor: row.paused_for,
    lastCheckedAt: row.last_checked_at === null ? null : toIso(row.last_checked_at),
    latencyMs: row.latency_ms,
    uptime24h: row.uptime_24h,
    intervalSeconds: row.interval_seconds,
    timeoutMs: row.timeout_ms,
    retries: row.retries,
    retryDelaySeconds: row.retry_delay_seconds,
    recovery: row.recovery,
    degradedAfterMs: row.degraded_after_ms,
    certificateDays: row.certificate_days,
    quorum: row.quorum,
    flapChanges: row.flap_changes,
    flapWindowMinutes: row.flap_window_minutes,
    flapQuietMinutes: row.flap_quiet_minutes,
    flappingSince: row.flapping_since === null ? null : toIso(row.flapping_since),
    silentRegions: row.silent_regions,
    regions: row.regions,
    heldBack: row.before_plan === null ? null : toHeldBack(row.before_plan),
    tags: row.tags,
    stored: { http: row.http, sealed: row.sealed },
    assertions: row.assertions,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

const toHeldBack = ({ interval, regions }: BeforePlan): HeldBack => ({
  intervalSeconds: interval?.intervalSeconds ?? null,
  regions: regions?.regions ?? null,
});

/** An instant as Postgres writes it ("2026-01-31 12:00:00.123+00"), as ISO 8601 UTC. */
export function toIso(instant: string): string {
  return new Date(instant).toISOString();
}

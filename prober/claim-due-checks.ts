import type pg from 'pg';
import { LIVING_PROBERS } from '../drizzle/living-probers.ts';
import type { Assertion } from '../shared/checks/assertion-input.ts';
import type { CheckSpec } from '../shared/checks/check-spec.ts';
import { type HttpSecrets, revealHttp } from '../shared/checks/http-secrets.ts';
import { type HttpSettings, PLAIN_HTTP } from '../shared/checks/http-spec-input.ts';
import type { MonitorKind } from '../shared/monitoring/monitor-kind.ts';
import { CannotOpen, type KeyRing } from '../shared/secrets/key-ring.ts';
import { openMonitorSecrets } from '../shared/secrets/monitor-secrets.ts';
import { MOST_RECOVERY } from './update-outcomes.ts';

/** A check this instance has leased: it alone makes it, until the lease ends. */
export type ClaimedCheck = {
  tenantId: string;
  monitorId: string;
  region: string;
  verification: boolean;
  /** The slot, epoch milliseconds of the database's clock. */
  slotMs: number;
  intervalMs: number;
  phaseMs: number;
  /** The region has said good so often in a row that no decision can rest on its saying it once more. */
  isSteady: boolean;
  /** Or why the secrets that belong into it do not open. */
  spec: CheckSpec | CannotOpen;
};

/** Beyond its deadline, how long a lease outlives its check: time to record. */
const LEASE_MARGIN_SECONDS = 5;

/** True of a row `s` that is due in region `$1` and free: nobody leased it, or too long ago, or who did is dead. */
export const DUE_AND_FREE = `s.region = $1 and s.due_at <= now() + make_interval(secs => $4)
    and (s.leased_by is null or s.lease_until < now() or s.leased_by <> all ((select ids from living)::int[]))`;

/** The slot a row `s` is claimed for. Found late it runs while less than an interval old; older ones give way to the newest. */
export const SLOT = `case when s.verification or s.due_at > now() - make_interval(secs => s.interval_seconds) then s.due_at
      else s.due_at + floor(extract(epoch from now() - s.due_at) / s.interval_seconds) * make_interval(secs => s.interval_seconds)
    end`;

/**
 * Leases the rows of `due` to instance `$3`. It goes by `ctid`, which the lock holds in place: by key the planner reads the
 * whole table as long as it is small.
 */
export const LEASE = `update check_schedule s
set leased_by = $3, due_at = d.slot_at,
  lease_until = greatest(d.slot_at, now()) + make_interval(secs => s.timeout_ms / 1000.0 + ${LEASE_MARGIN_SECONDS})
from due d join monitors m on m.tenant_id = d.tenant_id and m.id = d.monitor_id
  left join region_outcomes o on o.tenant_id = d.tenant_id and o.monitor_id = d.monitor_id and o.region = $1
where s.ctid = d.place
returning s.tenant_id, s.monitor_id, s.verification, extract(epoch from s.due_at)::float8 * 1000 as slot_ms,
  s.interval_seconds, s.phase_ms, o.outcome = 'up' and o.streak >= ${MOST_RECOVERY} as is_steady, m.kind, m.target, m.http, m.sealed, m.assertions, m.timeout_ms, m.degraded_after_ms, m.certificate_days`;

/** Leases up to `$2` due rows of a region, oldest first, in one statement that commits before any network is touched. */
const CLAIM = `
with ${LIVING_PROBERS}, due as materialized (
  select s.ctid as place, s.tenant_id, s.monitor_id, ${SLOT} as slot_at
  from check_schedule s
  where ${DUE_AND_FREE}
  order by s.due_at
  limit $2
  for update of s skip locked
)
${LEASE}`;

export type ClaimedRow = {
  tenant_id: string;
  monitor_id: string;
  verification: boolean;
  slot_ms: number;
  interval_seconds: number;
  phase_ms: number;
  /** Null of a region that has not said anything yet. */
  is_steady: boolean | null;
  kind: MonitorKind;
  target: string;
  http: HttpSettings;
  sealed: Buffer | null;
  assertions: Assertion[];
  timeout_ms: number;
  degraded_after_ms: number | null;
  certificate_days: number | null;
};

export type Claim = { region: string; instanceId: number; limit: number; aheadMs: number; ring: KeyRing };

/**
 * @param claim.ring opens the secrets of those monitors that have some
 * @param claim.aheadMs how far ahead of its slot a check may be claimed, so that it starts on time
 */
export async function claimDueChecks(pool: pg.Pool, claim: Claim): Promise<ClaimedCheck[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: 'claim-due-checks',
    text: CLAIM,
    values: [claim.region, claim.limit, claim.instanceId, claim.aheadMs / 1000],
  });
  return rows.map((row) => toClaimedCheck(row, claim));
}

export function toClaimedCheck(row: ClaimedRow, { region, ring }: Claim): ClaimedCheck {
  return {
    tenantId: row.tenant_id,
    monitorId: row.monitor_id,
    region,
    verification: row.verification,
    slotMs: Math.round(row.slot_ms),
    intervalMs: row.interval_seconds * 1000,
    phaseMs: row.phase_ms,
    isSteady: row.is_steady === true,
    spec: specOf(row, ring),
  };
}

function specOf(row: ClaimedRow, ring: KeyRing): CheckSpec | CannotOpen {
  let secrets: HttpSecrets;
  try {
    secrets = openMonitorSecrets(ring, { tenantId: row.tenant_id, monitorId: row.monitor_id }, row.sealed);
  } catch (error) {
    if (error instanceof CannotOpen) return error; // one that is lost holds up no other check
    throw error;
  }
  return {
    kind: row.kind,
    target: row.target,
    http: revealHttp({ ...PLAIN_HTTP, ...row.http }, secrets),
    assertions: row.assertions,
    timeoutMs: row.timeout_ms,
    degradedAfterMs: row.degraded_after_ms,
    certificateDays: row.certificate_days,
  };
}

/** Gives back every lease of an instance, so that nobody need wait for them to end. */
export async function releaseLeases(
  database: pg.Pool | pg.Client,
  region: string,
  instanceId: number,
): Promise<void> {
  await database.query(
    'update check_schedule set leased_by = null, lease_until = null where region = $1 and leased_by = $2',
    [region, instanceId],
  );
}

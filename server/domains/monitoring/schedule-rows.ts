import { and, eq, sql } from 'drizzle-orm';
import { checkSchedule } from '../../../drizzle/schema/checks.ts';
import { CHECK_DUE_CHANNEL } from '../../../shared/jobs/wake-channel.ts';
import { gridPhaseMs } from '../../../shared/monitoring/check-grid.ts';
import type { Transaction } from '../../database/transaction.ts';
import { SILENCE_SQL } from './silence-sql.ts';

/** What a schedule row copies from its monitor. */
type Scheduled = {
  tenantId: string;
  id: string;
  regions: string[];
  intervalSeconds: number;
  timeoutMs: number;
};

const NOW = sql`date_trunc('milliseconds', clock_timestamp())`;

/** Schedules a monitor in all its regions, due at once; after that it keeps to its own grid. Wakes the probers. */
export async function scheduleMonitor(tx: Transaction, monitor: Scheduled): Promise<void> {
  await tx
    .insert(checkSchedule)
    .values(
      monitor.regions.map((region) => ({
        tenantId: monitor.tenantId,
        monitorId: monitor.id,
        region,
        verification: false,
        dueAt: NOW,
        intervalSeconds: monitor.intervalSeconds,
        timeoutMs: monitor.timeoutMs,
        phaseMs: gridPhaseMs(monitor.id, region, monitor.intervalSeconds),
      })),
    )
    .onConflictDoUpdate({
      target: [
        checkSchedule.tenantId,
        checkSchedule.monitorId,
        checkSchedule.region,
        checkSchedule.verification,
      ],
      set: {
        dueAt: sql`excluded.due_at`,
        intervalSeconds: sql`excluded.interval_seconds`,
        timeoutMs: sql`excluded.timeout_ms`,
        phaseMs: sql`excluded.phase_ms`,
        leasedBy: null,
        leaseUntil: null,
      },
    });
  await wakeProbers(tx, monitor.regions);
}

/** Takes a monitor off the schedule; with `regions`, only elsewhere than there. */
export async function unscheduleMonitor(
  tx: Transaction,
  monitorId: string,
  regions: string[] = [],
): Promise<void> {
  await tx
    .delete(checkSchedule)
    .where(and(eq(checkSchedule.monitorId, monitorId), sql`region <> all(${sql.param(regions)}::text[])`));
}

/**
 * Wants an off-grid check in each region, `inSeconds` from now. One that is already wanted is only ever brought
 * forward, and one that is running answers for itself.
 */
export async function requestVerification(
  tx: Transaction,
  monitor: Scheduled,
  regions: string[],
  inSeconds: number,
): Promise<void> {
  if (regions.length === 0) return;
  await tx
    .insert(checkSchedule)
    .values(
      regions.map((region) => ({
        tenantId: monitor.tenantId,
        monitorId: monitor.id,
        region,
        verification: true,
        dueAt: sql`${NOW} + make_interval(secs => ${inSeconds})`,
        intervalSeconds: monitor.intervalSeconds,
        timeoutMs: monitor.timeoutMs,
        phaseMs: 0,
      })),
    )
    .onConflictDoUpdate({
      target: [
        checkSchedule.tenantId,
        checkSchedule.monitorId,
        checkSchedule.region,
        checkSchedule.verification,
      ],
      set: { dueAt: sql`excluded.due_at`, timeoutMs: sql`excluded.timeout_ms` },
      setWhere: sql`check_schedule.leased_by is null and check_schedule.due_at > excluded.due_at`,
    });
  if (inSeconds === 0) await wakeProbers(tx, regions);
}

/** No more off-grid checks: the decision stands. */
export async function cancelVerification(tx: Transaction, monitorId: string): Promise<void> {
  await tx
    .delete(checkSchedule)
    .where(
      and(
        eq(checkSchedule.monitorId, monitorId),
        eq(checkSchedule.verification, true),
        sql`${checkSchedule.leasedBy} is null and ${checkSchedule.dueAt} > now()`,
      ),
    );
}

/** Tells the probers of these regions, once this transaction commits, that something is due. Polling is the fallback. */
async function wakeProbers(tx: Transaction, regions: string[]): Promise<void> {
  await tx.execute(
    sql`select pg_notify(${CHECK_DUE_CHANNEL}, region) from unnest(${sql.param(regions)}::text[]) as region`,
  );
}

/**
 * Marks the silence of a monitor's regions as known: neither the search for it nor a prober that is cut off asks again. Where one
 * was not known yet the monitor counts as changed, so that pages which are open hear of it.
 */
export async function noteSilence(tx: Transaction, monitorId: string): Promise<void> {
  const { overdue, cutOff } = SILENCE_SQL;
  await tx.execute(
    sql`with silent as (
        select s.tenant_id, s.monitor_id, s.region, case when ${sql.raw(overdue)} then s.due_at else o.void_since end as since
        from check_schedule s
        join region_outcomes o on o.tenant_id = s.tenant_id and o.monitor_id = s.monitor_id and o.region = s.region
        where s.monitor_id = ${monitorId} and not s.verification and (${sql.raw(overdue)} or ${sql.raw(cutOff)})
      ), noted as (
        update check_schedule s set overdue_noted_at = silent.since from silent
        where s.tenant_id = silent.tenant_id and s.monitor_id = silent.monitor_id and s.region = silent.region
          and not s.verification and s.overdue_noted_at is distinct from silent.since
        returning s.tenant_id, s.monitor_id
      )
      update monitor_states t set updated_at = now()
      where (t.tenant_id, t.monitor_id) in (select tenant_id, monitor_id from noted)`,
  );
}

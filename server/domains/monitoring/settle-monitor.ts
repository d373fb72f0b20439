import { isDeepStrictEqual } from 'node:util';
import type { PgBoss } from 'pg-boss';
import type { AuditAction } from '../../../shared/audit/audit-entry.ts';
import { PLANS, type PlanName, restsForPlan } from '../../../shared/billing/plans.ts';
import { settingsUnder } from '../../../shared/monitoring/plan-settings.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { lockPlan } from '../tenancy/lock-plan.ts';
import { readRemoval } from '../tenancy/read-removal.ts';
import { auditSettingsChange } from './audit-settings-change.ts';
import { changeState } from './change-state.ts';
import { checkAnew } from './check-anew.ts';
import { forgetOutcomes, lockMonitor, type MonitorRow, updateMonitorRow } from './monitor-rows.ts';
import { listRegionRows } from './region-rows.ts';
import { type RestOrRun, restOrRun } from './rest-or-run.ts';
import { scheduleMonitor, unscheduleMonitor } from './schedule-rows.ts';
import { countOthers } from './settle-monitors-rows.ts';
import { lockState, type NewState, readNow, restFor, SETTLED, type StateRow } from './state-rows.ts';

/**
 * Does to one monitor what its organization's plan, and whether that waits to be deleted, ask for at this instant. Locks the state
 * first, the monitor then and the organization last, as whoever resumes a monitor does; who counts against the limit, or
 * changes the plan, waits.
 */
export async function settleMonitor(
  tx: Transaction,
  { tenant, boss }: { tenant: Tenant; boss: PgBoss },
  monitorId: string,
): Promise<void> {
  const state = await lockState(tx, monitorId);
  const before = await lockMonitor(tx, monitorId);
  if (state === null || before === null) return;
  const plan = await lockPlan(tx, tenant.id);
  const wanted = restOrRun({
    ...state,
    removal: await readRemoval(tx, tenant.id),
    limit: PLANS[plan].monitors,
    ...(await countOthers(tx, monitorId)),
  });
  const settings = settingsUnder(PLANS[plan], before, await listRegionRows(tx));
  const monitor = { ...before, ...settings };
  if (!isDeepStrictEqual(monitor, before)) {
    await updateMonitorRow(tx, monitorId, settings);
    // What is about to rest, or to go on, is taken off the schedule or put on it there.
    const isChecked = state.state !== 'paused' && wanted === 'stay';
    await checkAnew(tx, { before, after: monitor, isChecked });
    await auditSettingsChange(tx, tenant, { kind: 'system' }, { before, after: monitor });
  }
  await bring(tx, boss, { state, monitor, plan }, wanted);
}

type Found = { state: StateRow; monitor: MonitorRow; plan: PlanName };

async function bring(tx: Transaction, boss: PgBoss, found: Found, wanted: RestOrRun): Promise<void> {
  switch (wanted) {
    case 'stay':
      return;
    case 'run':
      return run(tx, boss, found);
    case 'rest for plan':
      return rest(tx, boss, found, { pausedFor: 'plan', reason: restsForPlan(found.plan) });
    case 'rest for removal':
      return rest(tx, boss, found, { pausedFor: 'removal', reason: null });
    default:
      return wanted satisfies never;
  }
}

async function run(tx: Transaction, boss: PgBoss, { state, monitor }: Found): Promise<void> {
  const next = { state: 'pending' as const, pausedFor: null };
  await forgetOutcomes(tx, monitor.id);
  await changeState(tx, boss, state, { ...SETTLED, ...next, since: await readNow(tx) });
  await scheduleMonitor(tx, monitor);
  await note(tx, monitor, 'monitor.resumed', state, next);
}

/** One that rests already, for the deletion that was taken back, only rests for something else from now on. */
async function rest(
  tx: Transaction,
  boss: PgBoss,
  { state, monitor }: Found,
  why: { pausedFor: 'plan' | 'removal'; reason: string | null },
): Promise<void> {
  const next = { state: 'paused' as const, pausedFor: why.pausedFor };
  if (state.state === 'paused') {
    await restFor(tx, monitor.id, why);
  } else {
    await unscheduleMonitor(tx, monitor.id);
    await changeState(tx, boss, state, { ...SETTLED, ...next, reason: why.reason, since: await readNow(tx) });
  }
  await note(tx, monitor, 'monitor.paused', state, next);
}

/** Why the plan changed, or who asked for the deletion, stands in an entry of its own; why a monitor rested is looked for under its name. */
async function note(
  tx: Transaction,
  { tenantId, id, name }: MonitorRow,
  action: AuditAction,
  before: StateRow,
  after: Pick<NewState, 'state' | 'pausedFor'>,
): Promise<void> {
  await writeAudit(tx, {
    tenantId,
    actor: { kind: 'system' },
    action,
    subject: { kind: 'monitor', id, name },
    before: { state: before.state, pausedFor: before.pausedFor },
    after: { state: after.state, pausedFor: after.pausedFor },
  });
}

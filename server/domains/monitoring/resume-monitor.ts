import type { PgBoss } from 'pg-boss';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { assertWithinPlan } from './assert-within-plan.ts';
import { changeState } from './change-state.ts';
import { findMonitor, forgetOutcomes, readMonitorRow } from './monitor-rows.ts';
import { scheduleMonitor } from './schedule-rows.ts';
import { lockState, readNow, SETTLED } from './state-rows.ts';

/** Checks a paused monitor again, at once. @throws Refusal `not_found`, `plan_limit_reached` */
export async function resumeMonitor(
  tenant: Tenant,
  boss: PgBoss,
  actor: Actor,
  monitorId: string,
): Promise<StoredMonitor> {
  return tenant.transaction(async (tx) => {
    const before = await lockState(tx, monitorId);
    const row = await readMonitorRow(tx, monitorId);
    if (before === null || row === null) throw notFound('monitor');
    if (before.state === 'paused') {
      await assertWithinPlan(tx, tenant.id, {
        adds: 'checked',
        intervalSeconds: row.intervalSeconds,
        regions: row.regions.length,
      });
      await forgetOutcomes(tx, monitorId);
      await changeState(tx, boss, before, { state: 'pending', since: await readNow(tx), ...SETTLED });
      await scheduleMonitor(tx, row);
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'monitor.resumed',
        subject: { kind: 'monitor', id: monitorId, name: row.name },
        before: { state: 'paused' },
        after: { state: 'pending' },
      });
    }
    const monitor = await findMonitor(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return monitor;
  });
}

import type { PgBoss } from 'pg-boss';
import type { AuditAction } from '../../../shared/audit/audit-entry.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import { againAfterDeadlock } from '../../database/again-after-deadlock.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { writeAudit } from '../audit/write-audit.ts';
import { readRemoval } from '../tenancy/read-removal.ts';
import { changeState } from './change-state.ts';
import { deleteLooseRows, idsThatRest, idsThatRun } from './follow-removal-rows.ts';
import { forgetOutcomes, readMonitorRow } from './monitor-rows.ts';
import { scheduleMonitor, unscheduleMonitor } from './schedule-rows.ts';
import { lockState, readNow, SETTLED } from './state-rows.ts';

/**
 * Does to an organization's monitors what its deletion asks for: while it waits they rest, taken back they go on, but for those
 * that somebody paused, and once it is done whatever did not leave with the organization goes. Each
 * monitor is looked at anew in a transaction of its own, so that whichever job comes last leaves all as it should be.
 */
export async function followRemoval(tenant: Tenant, boss: PgBoss): Promise<void> {
  const ids = await tenant.transaction(async (tx) => {
    switch (await readRemoval(tx, tenant.id)) {
      case 'waiting':
        return idsThatRun(tx);
      case 'none':
        return idsThatRest(tx);
      case 'done':
        await deleteLooseRows(tx, tenant.id);
        return [];
    }
  });
  for (const monitorId of ids)
    await againAfterDeadlock(() => tenant.transaction((tx) => follow(tx, boss, tenant.id, monitorId)));
}

/** Locks the state first and the organization then, as whoever resumes a monitor does. */
async function follow(tx: Transaction, boss: PgBoss, tenantId: string, monitorId: string): Promise<void> {
  const before = await lockState(tx, monitorId);
  const monitor = await readMonitorRow(tx, monitorId);
  if (before === null || monitor === null) return;
  const removal = await readRemoval(tx, tenantId);
  const since = await readNow(tx);
  if (removal === 'waiting' && before.state !== 'paused') {
    await unscheduleMonitor(tx, monitorId);
    await changeState(tx, boss, before, { state: 'paused', since, ...SETTLED, pausedFor: 'removal' });
    await noteChange(tx, monitor, { action: 'monitor.paused', before: before.state, after: 'paused' });
  }
  if (removal === 'none' && before.pausedFor === 'removal') {
    await forgetOutcomes(tx, monitorId);
    await changeState(tx, boss, before, { state: 'pending', since, ...SETTLED });
    await scheduleMonitor(tx, monitor);
    await noteChange(tx, monitor, { action: 'monitor.resumed', before: before.state, after: 'pending' });
  }
}

/** Who asked for the deletion stands in an entry of its own; why a monitor rested those days is looked for under its name. */
async function noteChange(
  tx: Transaction,
  { tenantId, id, name }: { tenantId: string; id: string; name: string },
  { action, before, after }: { action: AuditAction; before: MonitorState; after: MonitorState },
): Promise<void> {
  await writeAudit(tx, {
    tenantId,
    actor: { kind: 'system' },
    action,
    subject: { kind: 'monitor', id, name },
    before: { state: before },
    after: { state: after },
  });
}

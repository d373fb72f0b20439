import type { PgBoss } from 'pg-boss';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { changeState } from './change-state.ts';
import { findMonitor, readMonitorRow } from './monitor-rows.ts';
import { unscheduleMonitor } from './schedule-rows.ts';
import { lockState, readNow, SETTLED } from './state-rows.ts';

/** Stops checking a monitor until it is resumed; a second pause changes nothing. @throws Refusal `not_found` */
export async function pauseMonitor(
  tenant: Tenant,
  boss: PgBoss,
  actor: Actor,
  monitorId: string,
): Promise<StoredMonitor> {
  return tenant.transaction(async (tx) => {
    const before = await lockState(tx, monitorId);
    const row = await readMonitorRow(tx, monitorId);
    if (before === null || row === null) throw notFound('monitor');
    if (before.state !== 'paused') {
      await unscheduleMonitor(tx, monitorId);
      await changeState(tx, boss, before, { state: 'paused', since: await readNow(tx), ...SETTLED });
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'monitor.paused',
        subject: { kind: 'monitor', id: monitorId, name: row.name },
        before: { state: before.state },
        after: { state: 'paused' },
      });
    }
    const monitor = await findMonitor(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return monitor;
  });
}

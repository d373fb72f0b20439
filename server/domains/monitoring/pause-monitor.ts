import type { PgBoss } from 'pg-boss';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { changeState } from './change-state.ts';
import { findMonitor } from './monitor-rows.ts';
import { unscheduleMonitor } from './schedule-rows.ts';
import { lockState, readNow, SETTLED } from './state-rows.ts';

/** Stops checking a monitor until it is resumed; a second pause changes nothing. @throws Refusal `not_found` */
export async function pauseMonitor(tenant: Tenant, boss: PgBoss, monitorId: string): Promise<StoredMonitor> {
  return tenant.transaction(async (tx) => {
    const before = await lockState(tx, monitorId);
    if (before === null) throw notFound('monitor');
    if (before.state !== 'paused') {
      await unscheduleMonitor(tx, monitorId);
      await changeState(tx, boss, before, { state: 'paused', since: await readNow(tx), ...SETTLED });
    }
    const monitor = await findMonitor(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return monitor;
  });
}

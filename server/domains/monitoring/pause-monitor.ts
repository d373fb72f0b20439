import type { PgBoss } from 'pg-boss';
import type { AuditFields } from '../../../shared/audit/audit-entry.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { changeState } from './change-state.ts';
import { findMonitor, readMonitorRow } from './monitor-rows.ts';
import { unscheduleMonitor } from './schedule-rows.ts';
import { lockState, readNow, restFor, SETTLED, type StateRow } from './state-rows.ts';

/**
 * Stops checking a monitor until it is resumed. One that rests by itself does so from now on since somebody wants it; a second
 * pause changes nothing.
 *
 * @throws Refusal `not_found`
 */
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
    const change = await pause(tx, boss, before);
    if (change !== null) {
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'monitor.paused',
        subject: { kind: 'monitor', id: monitorId, name: row.name },
        ...change,
      });
    }
    const monitor = await findMonitor(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return monitor;
  });
}

async function pause(
  tx: Transaction,
  boss: PgBoss,
  before: StateRow,
): Promise<{ before: AuditFields; after: AuditFields } | null> {
  const { monitorId, state, pausedFor } = before;
  if (state !== 'paused') {
    await unscheduleMonitor(tx, monitorId);
    await changeState(tx, boss, before, { state: 'paused', since: await readNow(tx), ...SETTLED });
    return { before: { state }, after: { state: 'paused' } };
  }
  if (pausedFor === null) return null;
  await restFor(tx, monitorId, { pausedFor: null, reason: null });
  return { before: { pausedFor }, after: { pausedFor: null } };
}

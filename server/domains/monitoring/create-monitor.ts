import { randomUUID } from 'node:crypto';
import { type CreateMonitorInput, defaultTimeoutMs } from '../../../shared/monitoring/monitor-input.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { assertEvaluable } from './assert-evaluable.ts';
import { assertWithinPlan } from './assert-within-plan.ts';
import { auditedSettings } from './audited-settings.ts';
import { checkableTarget } from './checkable-target.ts';
import { chooseRegions } from './choose-regions.ts';
import { completeHttp } from './complete-http.ts';
import { findMonitor, insertMonitor } from './monitor-rows.ts';
import { refuseDuplicateTarget } from './refuse-duplicate-target.ts';
import { scheduleMonitor } from './schedule-rows.ts';
import { storeHttp } from './store-http.ts';

/**
 * Adds a monitor and has it checked at once.
 *
 * @throws Refusal `target_not_allowed`, `duplicate_target`, `plan_limit_reached`, `invalid_input`
 */
export async function createMonitor(
  tenant: Tenant,
  guard: TargetGuard,
  actor: Actor,
  input: CreateMonitorInput,
): Promise<StoredMonitor> {
  const target = checkableTarget(guard, input.target);
  assertEvaluable(input.assertions);
  const http = completeHttp(guard, { target, http: input.http }, null);
  return refuseDuplicateTarget(() =>
    tenant.transaction(async (tx) => {
      const regions = await chooseRegions(tx, tenant.id, input.regions);
      await assertWithinPlan(tx, tenant.id, {
        adds: 'monitor',
        intervalSeconds: input.intervalSeconds,
        regions: regions.length,
      });
      const id = randomUUID();
      const monitor = {
        ...input,
        ...storeHttp(tenant, id, http),
        tenantId: tenant.id,
        id,
        target,
        regions,
        timeoutMs: input.timeoutMs ?? defaultTimeoutMs(input.intervalSeconds),
      };
      await insertMonitor(tx, monitor, 'pending');
      await scheduleMonitor(tx, monitor);
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'monitor.created',
        subject: { kind: 'monitor', id, name: monitor.name },
        before: {},
        after: auditedSettings(tenant, monitor),
      });
      const made = await findMonitor(tx, monitor.id);
      if (made === null) throw notFound('monitor');
      return made;
    }),
  );
}

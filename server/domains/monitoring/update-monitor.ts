import { defaultTimeoutMs, type UpdateMonitorInput } from '../../../shared/monitoring/monitor-input.ts';
import { heldAfterEdit } from '../../../shared/monitoring/plan-settings.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import type { Tenant } from '../../database/tenant.ts';
import { invalidField, notFound } from '../../refusal.ts';
import type { Actor } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { assertEvaluable } from './assert-evaluable.ts';
import { assertWithinPlan } from './assert-within-plan.ts';
import { auditSettingsChange } from './audit-settings-change.ts';
import { changeHttp } from './change-http.ts';
import { checkAnew } from './check-anew.ts';
import { checkableTarget } from './checkable-target.ts';
import { chooseRegions } from './choose-regions.ts';
import { findMonitor, lockMonitor, type MonitorRow, updateMonitorRow } from './monitor-rows.ts';
import { refuseDuplicateTarget } from './refuse-duplicate-target.ts';
import { lockState } from './state-rows.ts';

/**
 * Changes a monitor; what is not given stays. A change of what is checked has it checked at once. With its regions goes a quorum
 * that they can make. An interval or regions that somebody sets are theirs: what the plan held back of them is not given back. The audit log says what became of which field; where nothing changed it says nothing.
 *
 * @throws Refusal `not_found`, `target_not_allowed`, `duplicate_target`, `plan_limit_reached`, `invalid_input`
 */
export async function updateMonitor(
  tenant: Tenant,
  guard: TargetGuard,
  actor: Actor,
  { monitorId, ...input }: UpdateMonitorInput,
): Promise<StoredMonitor> {
  const target = input.target === undefined ? undefined : checkableTarget(guard, input.target);
  assertEvaluable(input.assertions ?? []);
  return refuseDuplicateTarget(() =>
    tenant.transaction(async (tx) => {
      const state = await lockState(tx, monitorId);
      const before = await lockMonitor(tx, monitorId);
      if (state === null || before === null) throw notFound('monitor');
      const after = merge(before, { ...input, target });
      Object.assign(after, changeHttp(tenant, guard, before, { target: after.target, http: input.http }));
      if (input.regions !== undefined) {
        after.regions = await chooseRegions(tx, tenant.id, input.regions);
        if (after.quorum !== null) after.quorum = Math.min(after.quorum, after.regions.length);
      }
      after.beforePlan = heldAfterEdit(before, after);
      if (after.timeoutMs >= after.intervalSeconds * 1000) {
        throw invalidField('timeoutMs', 'The deadline must be shorter than the interval.');
      }
      // What a former plan allowed stays as it is, and may be renamed; only a change of it is judged.
      if (
        before.intervalSeconds !== after.intervalSeconds ||
        before.regions.length !== after.regions.length
      ) {
        await assertWithinPlan(tx, tenant.id, {
          adds: 'none',
          intervalSeconds: after.intervalSeconds,
          regions: after.regions.length,
        });
      }
      const {
        tenantId: _tenantId,
        id: _id,
        kind: _kind,
        createdAt: _createdAt,
        updatedAt: _updatedAt,
        ...patch
      } = after;
      await updateMonitorRow(tx, monitorId, patch);
      const isChecked = state.state !== 'paused';
      if (checksDiffer(before, after)) await checkAnew(tx, { before, after, isChecked });
      await auditSettingsChange(tx, tenant, actor, { before, after });
      const changed = await findMonitor(tx, monitorId);
      if (changed === null) throw notFound('monitor');
      return changed;
    }),
  );
}

function merge(
  before: MonitorRow,
  { http: _http, ...input }: Omit<UpdateMonitorInput, 'monitorId'>,
): MonitorRow {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const merged: MonitorRow = { ...before, ...given };
  // A shorter interval takes the default deadline along; a deadline that was chosen stays, and is judged.
  const wasDefault = before.timeoutMs === defaultTimeoutMs(before.intervalSeconds);
  if (input.timeoutMs === undefined && wasDefault)
    merged.timeoutMs = defaultTimeoutMs(merged.intervalSeconds);
  return merged;
}

/** Whether anything changed that a check or a decision depends on, beyond names and tags. */
function checksDiffer(before: MonitorRow, after: MonitorRow): boolean {
  const relevant = ({
    name: _name,
    tags: _tags,
    beforePlan: _beforePlan,
    updatedAt: _updatedAt,
    ...rest
  }: MonitorRow) => JSON.stringify(rest);
  return relevant(before) !== relevant(after);
}

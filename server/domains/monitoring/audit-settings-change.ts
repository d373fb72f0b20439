import { sameRegions } from '../../../shared/monitoring/plan-settings.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { auditedSettings } from './audited-settings.ts';
import type { MonitorRow } from './monitor-rows.ts';

/** Writes down which of a monitor's settings became what; where nothing changed it writes nothing. */
export async function auditSettingsChange(
  tx: Transaction,
  tenant: Tenant,
  actor: Actor,
  { before, after }: { before: MonitorRow; after: MonitorRow },
): Promise<void> {
  const same = sameRegions(before.regions, after.regions);
  const regions = same ? before.regions : after.regions;
  const change = changedFields(
    auditedSettings(tenant, before),
    auditedSettings(tenant, { ...after, regions }),
  );
  if (change === null) return;
  await writeAudit(tx, {
    tenantId: tenant.id,
    actor,
    action: same ? 'monitor.updated' : 'monitor.regions_changed',
    subject: { kind: 'monitor', id: before.id, name: after.name },
    ...change,
  });
}

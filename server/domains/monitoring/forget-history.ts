import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readKeptDays } from '../tenancy/read-kept-days.ts';
import { deleteEvidenceBefore, deleteLooseEvidence } from './evidence-rows.ts';
import { deletePacksBefore } from './packed-result-rows.ts';
import { deleteRollupsBefore } from './rollup-rows.ts';

const DAY_MS = 24 * HOUR_MS;

/** Two years, and the day they end on. */
const ROLLUPS_KEPT_DAYS = 731;

const MONITORS_A_TRANSACTION = 100;

/**
 * Deletes packed results and evidence that the organization's plan keeps no longer, evidence of no change after a day, and
 * rollups older than two years.
 */
export async function forgetHistory(
  tenant: Tenant,
  monitorIds: readonly string[],
  nowMs: number,
): Promise<void> {
  for (let from = 0; from < monitorIds.length; from += MONITORS_A_TRANSACTION) {
    const some = monitorIds.slice(from, from + MONITORS_A_TRANSACTION);
    await tenant.transaction(async (tx) => {
      const keptDays = await readKeptDays(tx, tenant.id, nowMs);
      await deletePacksBefore(tx, some, nowMs - keptDays * DAY_MS);
      await deleteEvidenceBefore(tx, some, nowMs - keptDays * DAY_MS);
      await deleteLooseEvidence(tx, some, nowMs - DAY_MS);
      await deleteRollupsBefore(tx, some, nowMs - ROLLUPS_KEPT_DAYS * DAY_MS);
    });
  }
}

import { PLANS } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import { invalidField, Refusal } from '../../refusal.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { listRegionRows } from './region-rows.ts';

/**
 * The regions a monitor is checked from: those asked for, or all that the plan allows, oldest first. Nobody is given a region
 * whose probers are gone, as long as there is another.
 *
 * @param field where it is said when a region that is asked for is none
 * @throws Refusal `invalid_input` for a region where no prober ever ran; `unavailable` when there is none at all
 */
export async function chooseRegions(
  tx: Transaction,
  tenantId: string,
  asked: string[] | undefined,
  field = 'regions',
): Promise<string[]> {
  const regions = await listRegionRows(tx);
  const known = regions.map((region) => region.name);
  if (asked !== undefined) {
    const unknown = asked.find((region) => !known.includes(region));
    if (unknown !== undefined) {
      throw invalidField(
        field,
        `There is no region ${unknown}. There are: ${known.join(', ') || 'none yet'}.`,
      );
    }
    return [...new Set(asked)];
  }
  if (known.length === 0) {
    throw new Refusal(
      'unavailable',
      'No prober has reported yet. Start one, and try again in a few seconds.',
    );
  }
  const allowed = PLANS[await readPlan(tx, tenantId)].regions;
  const served = regions.filter((region) => region.served).map((region) => region.name);
  return (served.length > 0 ? served : known).slice(0, allowed ?? known.length);
}

import type { StateChangeEvidence } from '../../../shared/monitoring/state-change.ts';
import { seeOneSnapshot } from '../../database/see-one-snapshot.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { findStateChange, listAttempts } from './state-change-rows.ts';

/**
 * One change of a monitor's state with all it takes to see why: the rule in force, what each region had said, and every
 * check that counted. The checks are kept as long as single results are.
 *
 * @throws Refusal `not_found`
 */
export async function getStateChange(
  tenant: Tenant,
  { monitorId, stateChangeId }: { monitorId: string; stateChangeId: string },
): Promise<StateChangeEvidence> {
  return tenant.transaction(async (tx) => {
    await seeOneSnapshot(tx);
    const change = await findStateChange(tx, monitorId, stateChangeId);
    if (change === null) throw notFound('change of state');
    return { ...change, attempts: await listAttempts(tx, stateChangeId) };
  });
}

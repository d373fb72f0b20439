import { isDeepStrictEqual } from 'node:util';
import { PLANS } from '../../../shared/billing/plans.ts';
import { settingsUnder } from '../../../shared/monitoring/plan-settings.ts';
import type { Transaction } from '../../database/transaction.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { readRemoval } from '../tenancy/read-removal.ts';
import { listRegionRows } from './region-rows.ts';
import { restOrRun } from './rest-or-run.ts';
import { type AgedMonitor, listByAge } from './settle-monitors-rows.ts';

/**
 * The monitors that are not as the organization's plan, or a deletion that it waits for, wants them: those that are checked, the newest first,
 * and then those that are not, the oldest first. So the oldest go on, whichever way it goes.
 */
export async function findUnsettled(tx: Transaction, tenantId: string): Promise<string[]> {
  const removal = await readRemoval(tx, tenantId);
  if (removal === 'done') return [];
  const limits = PLANS[await readPlan(tx, tenantId)];
  const known = await listRegionRows(tx);
  const monitors = await listByAge(tx);
  const checked = monitors.filter(isChecked).length;
  let checkedOlder = 0;
  const unsettled: AgedMonitor[] = [];
  for (const monitor of monitors) {
    const wanted = restOrRun({ ...monitor, removal, limit: limits.monitors, checked, checkedOlder });
    const { intervalSeconds, timeoutMs, regions, quorum, beforePlan } = monitor;
    const settings = { intervalSeconds, timeoutMs, regions, quorum, beforePlan };
    const fits = isDeepStrictEqual(settingsUnder(limits, settings, known), settings);
    if (wanted !== 'stay' || !fits) unsettled.push(monitor);
    if (isChecked(monitor)) checkedOlder += 1;
  }
  const running = unsettled.filter(isChecked).reverse();
  const resting = unsettled.filter((monitor) => !isChecked(monitor));
  return [...running, ...resting].map(({ id }) => id);
}

const isChecked = ({ state }: AgedMonitor) => state !== 'paused';

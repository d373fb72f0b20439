import { PLANS } from '../../../shared/billing/plans.ts';
import type { MonitorSummary } from '../../../shared/monitoring/monitor.ts';
import { MONITOR_STATES, type MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { summarizeMonitorRows } from './monitor-list-rows.ts';

/** How many monitors are in each state, how many there are and may be, and which tags they carry. */
export async function summarizeMonitors(tenant: Tenant): Promise<MonitorSummary> {
  const { plan, rows } = await tenant.transaction(async (tx) => ({
    plan: await readPlan(tx, tenant.id),
    rows: await summarizeMonitorRows(tx),
  }));
  const counts = new Map(rows.states.map((row) => [row.state, row.count]));
  const states = Object.fromEntries(MONITOR_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
    MonitorState,
    number
  >; // fromEntries forgets which keys it was given
  const total = rows.states.reduce((sum, row) => sum + row.count, 0);
  return { states, total, limit: PLANS[plan].monitors, tags: rows.tags };
}

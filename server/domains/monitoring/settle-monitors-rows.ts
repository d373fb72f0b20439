import { and, asc, eq, sql } from 'drizzle-orm';
import { monitorStates, monitors } from '../../../drizzle/schema/monitoring.ts';
import type { PlanSettings } from '../../../shared/monitoring/plan-settings.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { StateRow } from './state-rows.ts';

export type AgedMonitor = PlanSettings & Pick<StateRow, 'state' | 'pausedFor'> & { id: string };

/** Every monitor of the organization as far as its plan and a deletion go, the oldest first. */
export function listByAge(tx: Transaction): Promise<AgedMonitor[]> {
  const { id, intervalSeconds, timeoutMs, regions, quorum, beforePlan, tenantId, createdAt } = monitors;
  const { state, pausedFor } = monitorStates;
  return tx
    .select({ id, intervalSeconds, timeoutMs, regions, quorum, beforePlan, state, pausedFor })
    .from(monitors)
    .innerJoin(monitorStates, and(eq(monitorStates.tenantId, tenantId), eq(monitorStates.monitorId, id)))
    .orderBy(asc(createdAt), asc(id));
}

/** How many other monitors of the organization are checked, and how many of them are older than this one. */
export async function countOthers(
  tx: Transaction,
  monitorId: string,
): Promise<{ checked: number; checkedOlder: number }> {
  const { rows } = await tx.execute<{ checked: number; older: number }>(
    sql`select count(*)::int as checked, (count(*) filter (where (m.created_at, m.id) <
          (select n.created_at, n.id from monitors n where n.id = ${monitorId})))::int as older
      from monitor_states s join monitors m on m.tenant_id = s.tenant_id and m.id = s.monitor_id
      where s.state <> 'paused' and s.monitor_id <> ${monitorId}`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database counted nothing.');
  return { checked: row.checked, checkedOlder: row.older };
}

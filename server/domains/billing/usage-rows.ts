import { sql } from 'drizzle-orm';
import type { PlanUsage } from '../../../shared/billing/billing-status.ts';
import type { Transaction } from '../../database/transaction.ts';

/** How much of its plan the organization uses. */
export async function countUsage(tx: Transaction): Promise<PlanUsage> {
  const { rows } = await tx.execute<PlanUsage>(sql`
    select (select count(*) from monitors)::int as monitors,
      (select count(*) from monitor_states where state <> 'paused')::int as "checkedMonitors",
      (select count(*) from members)::int as members`);
  const [usage] = rows;
  if (usage === undefined) throw new Error('The database did not count.');
  return usage;
}

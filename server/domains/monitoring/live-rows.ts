import { sql } from 'drizzle-orm';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { type MonitorViewRow, selectMonitors, toIso, toMonitor } from './monitor-view-rows.ts';

export type ChangesRead = {
  /** The database's clock when this was read. */
  at: string;
  plan: PlanName;
  /** How its subscription stands: whether any of that changed is told by comparing. */
  subscription: string | null;
  /** Name, subdomain, end and people of the organization: whether any of them changed is told by comparing. */
  organization: string;
  /** `changedAt` tells versions of one monitor apart. */
  monitors: { monitor: StoredMonitor; changedAt: string }[];
  removed: { monitorId: string; removedAt: string }[];
};

/** What changed in the organization since an instant (ISO 8601), monitors whole. */
export async function readChangesSince(tx: Transaction, since: string): Promise<ChangesRead> {
  const clock = await tx.execute<{
    now: string;
    plan: PlanName;
    subscription: string | null;
    organization: string;
  }>(
    sql`select now() as now, plan,
        (select jsonb_build_array(state, stripe_status, current_period_end, cancel_at, past_due_since)::text
          from subscriptions where tenant_id = tenants.id) as subscription,
        jsonb_build_array(name, slug, removes_at,
        (select jsonb_agg(jsonb_build_array(user_id, role, name, email) order by user_id) from members))::text as organization
      from tenants`,
  );
  const changed = await tx.execute<MonitorViewRow & { changed_at: string }>(
    selectMonitors(sql`greatest(m.updated_at, s.updated_at, o.recorded_at) >= ${since}::timestamptz`),
  );
  const removed = await tx.execute<{ monitor_id: string; removed_at: string }>(
    sql`select monitor_id, removed_at from monitor_removals where removed_at >= ${since}::timestamptz`,
  );
  const row = clock.rows[0];
  if (row === undefined) throw new Error('The organization of this stream is gone.');
  return {
    at: toIso(row.now),
    plan: row.plan,
    subscription: row.subscription,
    organization: row.organization,
    monitors: changed.rows.map((found) => ({ monitor: toMonitor(found), changedAt: found.changed_at })),
    removed: removed.rows.map((found) => ({ monitorId: found.monitor_id, removedAt: found.removed_at })),
  };
}

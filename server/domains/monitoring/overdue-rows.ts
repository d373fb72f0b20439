import type pg from 'pg';
import { SILENCE_SQL } from './silence-sql.ts';

/** Keys of the monitors that are to be decided anew by now. For the system role, which sees keys and that instant only. */
export async function listDueDecisions(system: pg.Pool): Promise<{ tenantId: string; monitorId: string }[]> {
  const { rows } = await system.query<{ tenant_id: string; monitor_id: string }>(
    'select tenant_id, monitor_id from monitor_states where decide_at <= now() limit 10000',
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, monitorId: row.monitor_id }));
}

/** Keys of the monitors that have something overdue. For the system role, which sees keys and times only. */
export async function listOverdueRows(system: pg.Pool): Promise<{ tenantId: string; monitorId: string }[]> {
  const { rows } = await system.query<{ tenant_id: string; monitor_id: string }>(
    `select distinct tenant_id, monitor_id from check_schedule s where not s.verification and s.due_at < now() - interval '30 seconds' and ${SILENCE_SQL.overdue}
      and s.overdue_noted_at is distinct from s.due_at limit 10000`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, monitorId: row.monitor_id }));
}

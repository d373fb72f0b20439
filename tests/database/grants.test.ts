import { expect, test } from 'vitest';
import { databaseRole, type RoleName } from '../../drizzle/roles.ts';
import { openDatabase } from '../support/test-database.ts';

const database = await openDatabase();

const ALL = 'delete,insert,select,update';

/**
 * Every right each role has on a table of ours, by column where it ends there. A right that is missing here is one
 * nobody decided on.
 */
const GRANTS: Partial<Record<RoleName, Record<string, string>>> = {
  app: {
    audit_log: 'insert,select',
    check_evidence: 'delete,select,update(state_change_id)',
    check_requests: 'delete,insert,select',
    check_results: 'delete,select',
    check_schedule: ALL,
    daily_rollups: ALL,
    hourly_rollups: ALL,
    invitations: 'select(created_at,email,expires_at,id,invited_by,invited_by_name,role,tenant_id)',
    members: 'delete,select,update(role)',
    monitor_certificates: 'delete,select',
    monitor_removals: ALL,
    monitor_states: ALL,
    monitors: ALL,
    packed_results: ALL,
    prober_instances: 'select',
    region_outcomes: ALL,
    state_changes: 'insert,select',
    state_spans: ALL,
    subscriptions: ALL,
    tenants: 'select,update(name,plan,plan_changed_at,updated_at)',
  },
  identity: {
    account_tokens: ALL,
    audit_log: 'insert,select',
    handover_codes: ALL,
    invitations: ALL,
    members: ALL,
    rate_limits: ALL,
    sessions: ALL,
    tenants: ALL,
    users: ALL,
  },
  system: {
    check_schedule:
      'select(due_at,interval_seconds,monitor_id,overdue_noted_at,region,tenant_id,verification)',
    monitor_states: 'select(decide_at,monitor_id,tenant_id)',
    prober_instances: 'delete,select,update(checks_degraded,checks_down,checks_up,checks_void,started_at)',
    stripe_events: ALL,
    subscriptions: 'select(cancel_at,current_period_end,past_due_since,state,stripe_customer_id,tenant_id)',
    tenants: 'select(id,removes_at)',
    'ops.queues': 'select',
    'ops.schedule': 'select',
  },
  prober: {
    check_evidence: 'delete,insert,select',
    check_requests: 'select,update(answer,answered_at,taken_by)',
    check_results: 'insert,select',
    check_schedule: 'delete,select,update',
    monitor_certificates: 'insert,select,update',
    monitors:
      'select(assertions,certificate_days,degraded_after_ms,http,id,kind,sealed,target,tenant_id,timeout_ms)',
    prober_instances: 'insert,select,update',
    region_outcomes: 'select,update',
  },
  ops: {
    'ops.outcomes': 'select',
    'ops.probers': 'select',
    'ops.queues': 'select',
    'ops.schedule': 'select',
  },
};

const GRANTED = `
  with relations as (
    select c.oid, c.relacl, case when c.relnamespace = 'public'::regnamespace then c.relname else c.oid::regclass::text end as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'ops') and c.relkind in ('r', 'p', 'v', 'm')
  ),
  granted as (
    select name, grantee, lower(privilege_type) as privilege, null as column from relations, aclexplode(relacl)
    union all
    select name, grantee, lower(privilege_type), attname from relations
      join pg_attribute on attrelid = relations.oid and attacl is not null, aclexplode(attacl)
  ),
  told as (
    select name, grantee, privilege || coalesce('(' || string_agg("column", ',' order by "column") || ')', '') as privilege
    from granted group by name, grantee, privilege
  )
  select name, string_agg(privilege, ',' order by privilege) as privileges from told
  where grantee = $1::regrole group by name order by name`;

test.each(Object.keys(GRANTS) as RoleName[])(
  '%s has exactly the rights that were decided on',
  async (role) => {
    const rows = await database.admin<{ name: string; privileges: string }>(GRANTED, [databaseRole(role)]);
    expect(Object.fromEntries(rows.map((row) => [row.name, row.privileges]))).toEqual(GRANTS[role]);
  },
);

test('the backup may read everything and change nothing', async () => {
  const rows = await database.admin<{ name: string; privileges: string }>(GRANTED, [databaseRole('backup')]);
  const tables = await database.admin<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  expect(rows.filter((row) => row.privileges !== 'select')).toEqual([]);
  expect(rows.map((row) => row.name).sort()).toEqual(tables.map((table) => table.name).sort());
});

test('on a partition nobody has a right of their own but the backup', async () => {
  const rows = await database.admin(
    `select distinct grantee::regrole::text as role, lower(privilege_type) as privilege
      from pg_class, aclexplode(relacl) where relispartition and relnamespace = 'public'::regnamespace and grantee <> relowner`,
  );
  expect(rows).toEqual([{ role: 'statuswatch_backup', privilege: 'select' }]);
});

test('the public has no right on anything of ours', async () => {
  const rows = await database.admin(
    `select 'relation ' || c.oid::regclass::text as thing from pg_class c, aclexplode(c.relacl) a
        where a.grantee = 0 and c.relnamespace::regnamespace::text in ('public', 'ops', 'pgboss', 'drizzle')
      union all select 'schema ' || nspname from pg_namespace, aclexplode(nspacl) a
        where a.grantee = 0 and nspname in ('public', 'ops', 'pgboss', 'drizzle')
      union all select 'database ' || datname from pg_database, aclexplode(datacl) a
        where a.grantee = 0 and datname in (current_database(), 'statuswatch_template')`,
  );
  expect(rows).toEqual([]);
});

test('none but a prober asks for decisions through the function that is made for it, with no right of its owner', async () => {
  const [row] = await database.admin(
    `select prosecdef as definer, array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner) as callers
      from pg_proc where oid = 'public.ask_for_decisions(text)'::regprocedure`,
  );
  expect(row).toEqual({ definer: false, callers: ['statuswatch_prober'] });
});

test('in the job queue a sender can send, and neither change nor remove what was sent', async () => {
  const may = async (role: RoleName, table: string) => {
    const rows = await database.admin<{ privilege: string }>(
      `select p as privilege from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) p
        where has_table_privilege($1, $2, p)`,
      [databaseRole(role), table],
    );
    return rows.map((row) => row.privilege).join();
  };
  for (const role of ['app', 'identity', 'prober'] as const) {
    expect([role, await may(role, 'pgboss.job')]).toEqual([role, 'select,insert']);
    expect([role, await may(role, 'pgboss.queue')]).toEqual([role, 'select']);
    expect([role, await may(role, 'pgboss.schedule')]).toEqual([role, '']);
  }
  expect(await may('system', 'pgboss.job')).toBe('select,insert,update,delete');
  expect(await may('ops', 'pgboss.job')).toBe('select');
  const makers = await database.admin(
    `select grantee::regrole::text as role, nspname as schema from pg_namespace, aclexplode(nspacl)
      where privilege_type = 'CREATE' and nspname in ('public', 'ops', 'pgboss', 'drizzle') and grantee <> nspowner`,
  );
  expect(makers).toEqual([]);
});

import { expect, test } from 'vitest';
import { CROSS_TENANT_ACCESS } from '../../drizzle/cross-tenant-access.ts';
import { databaseRole, ROLE_NAMES } from '../../drizzle/roles.ts';
import { openDatabase } from '../support/test-database.ts';

const database = await openDatabase();

/** Tables of no organization. A new one here is a decision: nothing but grants protects it. */
const GLOBAL_TABLES = [
  'account_tokens',
  'handover_codes',
  'prober_instances',
  'rate_limits',
  'sessions',
  'stripe_events',
  'users',
];
/** Protected like a tenant table, by its own id: names and slugs are unique over all organizations. */
const TENANTS = 'tenants';
/** Unique over all organizations by intent: a customer at Stripe is one organization's. */
const UNIQUE_OVER_ALL = ['subscriptions_stripe_customer'];

const OWN = (column: string) =>
  `(${column} = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)`;

const tables = await database.admin<{
  name: string;
  partition: boolean;
  enabled: boolean;
  forced: boolean;
  owner: string;
}>(`select relname as name, relispartition as partition, relrowsecurity as enabled, relforcerowsecurity as forced,
    relowner::regrole::text as owner
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
const tenantTables = tables.filter(
  (table) => !table.partition && ![...GLOBAL_TABLES, TENANTS].includes(table.name),
);

test('every table but the global ones carries its organization in each row', async () => {
  const columns = await database.admin<{ name: string; type: string; required: boolean }>(
    `select attrelid::regclass::text as name, format_type(atttypid, atttypmod) as type, attnotnull as required
      from pg_attribute where attname = 'tenant_id' and not attisdropped and attrelid in
        (select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p'))`,
  );
  for (const { name } of tenantTables) {
    expect(columns.find((column) => column.name === name)).toEqual({ name, type: 'uuid', required: true });
  }
  expect(tenantTables.length).toBeGreaterThan(5);
});

test('what is unique is unique within an organization', async () => {
  const indexes = await database.admin<{ table: string; index: string; first: string }>(
    `select indrelid::regclass::text as table, indexrelid::regclass::text as index,
        (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]) as first
      from pg_index where indisunique and indrelid = any($1::regclass[])`,
    [tenantTables.map((table) => table.name)],
  );
  expect(indexes.length).toBeGreaterThanOrEqual(tenantTables.length);
  const overAll = indexes.filter((index) => index.first !== 'tenant_id').map(({ index }) => index);
  expect(overAll).toEqual(UNIQUE_OVER_ALL);
});

test('a row of one organization can only point at rows of the same', async () => {
  const keys = await database.admin<{
    name: string;
    from: string;
    to: string;
    columns: string;
    targets: string;
  }>(
    `select conname as name, conrelid::regclass::text as from, confrelid::regclass::text as to,
        (select string_agg(attname, ',' order by position) from unnest(conkey) with ordinality k(num, position)
          join pg_attribute on attrelid = conrelid and attnum = num) as columns,
        (select string_agg(attname, ',' order by position) from unnest(confkey) with ordinality k(num, position)
          join pg_attribute on attrelid = confrelid and attnum = num) as targets
      from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`,
  );
  const allowed = keys.filter(({ from, to, columns, targets }) => {
    if (columns.startsWith('tenant_id,') && targets.startsWith('tenant_id,')) return true;
    if (to === TENANTS) return columns === 'tenant_id' && targets === 'id';
    // A person is of no organization, and neither is what is theirs.
    if (GLOBAL_TABLES.includes(from)) return GLOBAL_TABLES.includes(to);
    return to === 'users' && columns === 'user_id' && from === 'members';
  });
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key) => !allowed.includes(key))).toEqual([]);
});

test('row security holds for everybody, the owner and partitions included', () => {
  const guarded = tables.filter((table) => !GLOBAL_TABLES.includes(table.name));
  expect(guarded.some((table) => table.partition)).toBe(true);
  expect(guarded.filter((table) => !table.enabled || !table.forced)).toEqual([]);
  expect(tables.filter((table) => table.owner !== databaseRole('owner'))).toEqual([]);
});

test('the policies are the tenant policy and the closed list, and no others', async () => {
  const found = await database.admin(
    `select tablename as table, policyname as name, permissive, roles::text[], cmd as command, qual as using, with_check as check
      from pg_policies where schemaname not in ('pg_catalog') order by 1, 2`,
  );
  const expected = [
    ...[TENANTS, ...tenantTables.map((table) => table.name)].map((table) => ({
      table,
      name: 'tenant_isolation',
      permissive: 'PERMISSIVE',
      roles: ['statuswatch_app', 'statuswatch_identity'],
      command: 'ALL',
      using: OWN(table === TENANTS ? 'id' : 'tenant_id'),
      check: OWN(table === TENANTS ? 'id' : 'tenant_id'),
    })),
    ...CROSS_TENANT_ACCESS.map((access) => ({
      table: access.table,
      name: `cross_tenant_${access.role}`,
      permissive: 'PERMISSIVE',
      roles: [databaseRole(access.role)],
      command: access.command.toUpperCase(),
      using: 'true',
      check: access.command === 'all' ? 'true' : null,
    })),
  ];
  const key = (policy: { table: string; name: string }) => `${policy.table}/${policy.name}`;
  const sorted = expected.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(found).toEqual(sorted);
});

test('only two functions run with their owner’s rights, and nobody can slip them another table', async () => {
  const definers = await database.admin(
    `select oid::regprocedure::text as name, proowner::regrole::text as owner, proconfig as settings,
        array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner) as callers
      from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      order by 1`,
  );
  const common = {
    owner: 'statuswatch_owner',
    settings: ['search_path=pg_catalog, pg_temp'],
    callers: ['statuswatch_system'],
  };
  expect(definers).toEqual([
    { name: 'ops.drop_partitions(integer)', ...common },
    { name: 'ops.ensure_partitions(date,date)', ...common },
  ]);
});

test('views with their owner’s rights show sums, and only to operators and jobs', async () => {
  const views = await database.admin(
    `select oid::regclass::text as name, array(select distinct grantee::regrole::text from aclexplode(relacl)
        where grantee <> relowner order by 1) as readers
      from pg_class where relkind in ('v', 'm') and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      and coalesce(not 'security_invoker=true' = any(reloptions), true) order by 1`,
  );
  expect(views).toEqual([
    { name: 'ops.outcomes', readers: ['statuswatch_ops'] },
    { name: 'ops.probers', readers: ['statuswatch_ops'] },
    { name: 'ops.queues', readers: ['statuswatch_ops', 'statuswatch_system'] },
    { name: 'ops.schedule', readers: ['statuswatch_ops', 'statuswatch_system'] },
  ]);
});

test('no role but the backup can walk around row security, and none owns another', async () => {
  const roles = await database.admin(
    `select rolname as role, rolsuper as superuser, rolbypassrls as bypasses, rolcreaterole or rolcreatedb or rolreplication as makes
      from pg_roles where rolname like 'statuswatch%' order by 1`,
  );
  expect(roles).toEqual(
    [...ROLE_NAMES].sort().map((name) => ({
      role: databaseRole(name),
      superuser: false,
      bypasses: name === 'backup',
      makes: false,
    })),
  );
  const memberships = await database.admin(
    `select roleid::regrole::text as role, member::regrole::text as member from pg_auth_members
      where member::regrole::text like 'statuswatch%'`,
  );
  expect(memberships).toEqual([]);
});

import { expect, test } from 'vitest';
import { beginForTenant } from '../../server/database/transaction.ts';
import { openDatabase } from '../support/test-database.ts';
import { isolationProblems, ownWorkProblems } from './isolation.ts';
import { ROW_OF, seedTwoTenants } from './two-tenants.ts';

const database = await openDatabase();
const [acme, charlies] = await seedTwoTenants(database);

/** What sign-up and sign-in must see across organizations; `drizzle/cross-tenant-access.ts` says why. */
const IDENTITY_SEES =
  /^identity (reads (tenants|members|invitations)|(writes|changes|deletes from|gives rows of) tenants)/;

const problems = async () => [
  ...(await isolationProblems(database, 'app', acme, charlies)),
  ...(await isolationProblems(database, 'identity', acme, charlies)).filter(
    (problem) => !IDENTITY_SEES.test(problem),
  ),
];

const policies = await database.admin<{ table: string; using: string }>(
  `select tablename as table, qual as using from pg_policies where policyname = 'tenant_isolation' order by 1`,
);

test('every tenant table takes part in this test', async () => {
  const tables = await database.admin<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'sessions' order by 1`,
  );
  const names = ['tenants', ...tables.map((row) => row.name)].sort();
  expect(Object.keys(ROW_OF).sort()).toEqual(names);
  expect(policies.map((row) => row.table)).toEqual(names);
});

test('no organization can read, write, change or delete what belongs to another', async () => {
  expect(await problems()).toEqual([]);
});

test('an organization can work with what is its own', async () => {
  expect(await ownWorkProblems(database, acme)).toEqual([]);
});

test.each(Object.keys(ROW_OF))(
  'with row security off the app gets an error from %s, not rows',
  async (table) => {
    await database.as('app', async (client) => {
      await client.query('set row_security = off');
      await expect(client.query(`select 1 from ${table}`)).rejects.toThrow(/affected by row-level security/);
    });
  },
);

test.each(policies)(
  'a policy of $table that lets everything through is noticed, by isolation alone',
  async (policy) => {
    const { table, using } = policy;
    await database.admin(`alter policy tenant_isolation on ${table} using (true) with check (true)`);
    try {
      expect((await problems()).filter((problem) => problem.includes(` ${table} `))).not.toEqual([]);
      expect((await problems()).filter((problem) => !problem.includes(` ${table} `))).toEqual([]);
      // Reads now show the other organization's rows too; what is left to prove is that work goes on.
      expect(await ownWorkProblems(database, acme)).toEqual([]);
    } finally {
      await database.admin(
        `alter policy tenant_isolation on ${table} using (${using}) with check (${using})`,
      );
    }
  },
);

test.each(policies)(
  'row security that is switched off on $table is noticed, by isolation alone',
  async ({ table }) => {
    await database.admin(`alter table ${table} disable row level security`);
    try {
      expect((await problems()).filter((problem) => problem.includes(` ${table} `))).not.toEqual([]);
      expect((await problems()).filter((problem) => !problem.includes(` ${table} `))).toEqual([]);
      expect(await ownWorkProblems(database, acme)).toEqual([]);
    } finally {
      await database.admin(`alter table ${table} enable row level security`);
    }
  },
);

test('after all that the walls stand as they stood', async () => {
  expect(await problems()).toEqual([]);
});

test('a partition of results cannot be read around its parent', async () => {
  const [partition] = await database.admin<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'check_results'::regclass limit 1`,
  );
  for (const role of ['app', 'identity', 'prober', 'system', 'ops'] as const) {
    await database.as(role, async (client) => {
      await expect(client.query(`select 1 from ${partition?.name}`)).rejects.toThrow(/permission denied/);
    });
  }
});

test('a monitor of one organization cannot be pointed at from another, though keys ignore row security', async () => {
  await database.as('app', async (client) => {
    await client.query(`begin; set local app.tenant_id = '${acme.tenantId}'`);
    await expect(
      client.query(`insert into region_outcomes (tenant_id, monitor_id, region) values ($1, $2, 'x')`, [
        acme.tenantId,
        charlies.monitorId,
      ]),
    ).rejects.toThrow(/violates foreign key constraint/);
  });
});

test('a tenant id that is no uuid never becomes part of a statement', () => {
  for (const id of ["'; drop table monitors; --", '', acme.tenantId.toUpperCase(), `${acme.tenantId}\n`]) {
    expect(() => beginForTenant(id)).toThrow();
  }
});

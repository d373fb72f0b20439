import { expect, test } from 'vitest';
import { openDatabase } from '../support/test-database.ts';
import { insertStatement, ROW_OF, seedTwoTenants } from './two-tenants.ts';

const database = await openDatabase();
const [acme] = await seedTwoTenants(database);

const partitions = async () =>
  (
    await database.admin<{ day: string }>(
      `select right(relname, 8) as day from pg_inherits join pg_class on oid = inhrelid
        where inhparent = 'check_results'::regclass order by 1`,
    )
  ).map((row) => row.day);

const day = (offset: number) =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

const system = async <Row>(sql: string): Promise<Row[]> =>
  database.as('system', async (client) => (await client.query(sql)).rows as Row[]);

test('a fresh database has room for the results of yesterday to a week from now', async () => {
  expect(await partitions()).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7].map(day));
});

test('the job makes what is missing, and nothing twice', async () => {
  expect(await system('select ops.ensure_partitions()')).toEqual([{ ensure_partitions: 0 }]);
  const more = `select ops.ensure_partitions(current_date + 8, current_date + 9)`;
  expect(await system(more)).toEqual([{ ensure_partitions: 2 }]);
  expect(await partitions()).toContain(day(9));
});

test('two servers that make partitions at the same instant make each one once', async () => {
  const sql = `select ops.ensure_partitions(current_date + 10, current_date + 14) as made`;
  const made = await Promise.all([0, 1, 2].map(() => system<{ made: number }>(sql)));
  expect(made.flat().reduce((sum, row) => sum + row.made, 0)).toBe(5);
});

test('a slip of the pen cannot make thousands of partitions', async () => {
  await expect(system(`select ops.ensure_partitions('2000-01-01', '2026-01-01')`)).rejects.toThrow(
    /120 at most/,
  );
});

test('old results leave with their day, and newer ones stay', async () => {
  await system(`select ops.ensure_partitions(current_date - 100, current_date - 2)`);
  await database.as('prober', async (client) => {
    for (const daysAgo of [99, 30, 0]) {
      const slot_at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const { text, values } = insertStatement('check_results', {
        ...ROW_OF.check_results?.(acme, 0),
        slot_at,
      });
      await client.query(text, values);
    }
  });
  const before = await database.admin('select slot_at from check_results where tenant_id = $1', [
    acme.tenantId,
  ]);
  await system('select ops.drop_partitions(91)');
  const after = await database.admin('select slot_at from check_results where tenant_id = $1', [
    acme.tenantId,
  ]);
  expect(before.length - after.length).toBe(1);
  expect(await partitions()).not.toContain(day(-92));
  expect(await partitions()).toContain(day(-91));
});

test.each(['6', '0', '-1', 'null'])(
  'the last week is never dropped, even when asked to keep %s days',
  async (days) => {
    await expect(system(`select ops.drop_partitions(${days})`)).rejects.toThrow(/7 at least/);
  },
);

test('nobody but the jobs may make or drop partitions', async () => {
  for (const role of ['app', 'identity', 'prober', 'ops', 'backup'] as const) {
    await database.as(role, async (client) => {
      await expect(client.query('select ops.ensure_partitions()')).rejects.toThrow(/permission denied/);
      await expect(client.query('select ops.drop_partitions(90)')).rejects.toThrow(/permission denied/);
    });
  }
});

import { randomUUID } from 'node:crypto';
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

/** A raw result of a monitor, so many days old, as a prober records it. */
async function addResult(daysAgo: number, monitorId = acme.monitorId): Promise<void> {
  const slot_at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const { text, values } = insertStatement('check_results', {
    ...ROW_OF.check_results?.(acme, 0),
    monitor_id: monitorId,
    slot_at,
  });
  await database.as('prober', (client) => client.query(text, values));
}

test('a day that is past is dropped when nothing in it waits to be packed, and not before', async () => {
  await system(`select ops.ensure_partitions(current_date - 60, current_date - 2)`);
  await addResult(45);
  await addResult(44);
  expect(await system('select ops.drop_partitions(30) as dropped')).toEqual([{ dropped: 28 }]);
  expect((await partitions()).slice(0, 3)).toEqual([-45, -44, -30].map(day));
  await database.admin("delete from check_results where slot_at < now() - interval '44.5 days'");
  expect(await system('select ops.drop_partitions(30) as dropped')).toEqual([{ dropped: 1 }]);
  expect((await partitions()).slice(0, 2)).toEqual([-44, -30].map(day));
});

test('what is left of a monitor that is gone keeps no day', async () => {
  await addResult(44, randomUUID());
  await database.admin(
    "delete from check_results where monitor_id = $1 and slot_at < now() - interval '40 days'",
    [acme.monitorId],
  );
  expect(await system('select ops.drop_partitions(30) as dropped')).toEqual([{ dropped: 1 }]);
  expect(await partitions()).not.toContain(day(-44));
});

test('a result that is recorded while its day is looked at is not dropped with it', async () => {
  await system(`select ops.ensure_partitions(current_date - 50, current_date - 50)`);
  const slot_at = new Date(Date.now() - 50 * 86_400_000).toISOString();
  const { text, values } = insertStatement('check_results', {
    ...ROW_OF.check_results?.(acme, 0),
    slot_at,
  });
  await database.as('prober', async (client) => {
    await client.query('begin');
    await client.query(text, values);
    // It finds the day empty, waits for the one who writes into it, and looks again.
    const dropped = system('select ops.drop_partitions(30) as dropped');
    await expect
      .poll(() =>
        database.admin(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%drop_partitions%'`,
        ),
      )
      .toHaveLength(1);
    await client.query('commit');
    expect(await dropped).toEqual([{ dropped: 0 }]);
  });
  expect(await partitions()).toContain(day(-50));
});

test('who would have to wait long for a day gives up, instead of keeping every result waiting behind', async () => {
  await system(`select ops.ensure_partitions(current_date - 55, current_date - 55)`);
  await database.as('backup', async (client) => {
    await client.query('begin');
    await client.query('select 1 from check_results limit 1'); // a dump reads for as long as it takes
    await expect(system('select ops.drop_partitions(30)')).rejects.toThrow(/lock timeout/);
    await client.query('commit');
  });
  expect(await partitions()).toContain(day(-55));
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

import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { MIGRATIONS_FOLDER, migrate } from '../../drizzle/migrate.ts';
import drizzleConfig from '../../drizzle.config.ts';
import { QUEUES } from '../../shared/jobs/queues.ts';
import { ROOT } from '../support/run-part.ts';
import { openEmptyDatabase } from '../support/scratch-database.ts';

const { urls, create } = await openEmptyDatabase();

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Everything a migration may have made, by name. */
const things = () =>
  ask(
    urls.owner,
    `select c.oid::regclass::text as name, relkind as kind, relacl::text as grants from pg_class c
        where relnamespace::regnamespace::text in ('public', 'ops', 'pgboss', 'drizzle') order by 1`,
  );

test('several machines may migrate at the same instant, and each finds a whole database after it', async () => {
  await Promise.all([0, 1, 2].map(() => migrate({ ownerUrl: urls.owner })));
  const applied = await ask(urls.system, 'select id from drizzle.__drizzle_migrations');
  expect(applied.length).toBeGreaterThanOrEqual(2);
  const queues = await ask<{ name: string }>(urls.system, 'select name from pgboss.queue order by name');
  expect(queues.map((queue) => queue.name)).toEqual(QUEUES.map((queue) => queue.name).sort());
});

test('a migration that has nothing to do changes nothing', async () => {
  const before = await things();
  await migrate({ ownerUrl: urls.owner });
  expect(await things()).toEqual(before);
  expect(before.length).toBeGreaterThan(30);
});

test('roles may be created again over those that are there', async () => {
  expect(await create()).toEqual(urls);
  expect(await ask(urls.app, 'select current_user as role')).toEqual([{ role: 'statuswatch_app' }]);
});

test('nobody but our own roles may connect', async () => {
  const stranger = `stranger_${Date.now()}`;
  const { adminUrl } = inject('databaseServer');
  await ask(adminUrl, `create role ${stranger} login password 'stranger'`);
  const url = new URL(urls.app);
  url.username = stranger;
  url.password = 'stranger';
  try {
    await expect(ask(url.toString(), 'select 1')).rejects.toThrow(/permission denied for database/);
  } finally {
    await ask(adminUrl, `drop role ${stranger}`);
  }
});

test('people with psql and the backup cannot write even where a grant would let them', async () => {
  for (const url of [urls.ops, urls.backup]) {
    await expect(ask(url, 'create temporary table note (text text)')).rejects.toThrow(
      /read-only|permission denied/,
    );
    expect(await ask(url, 'show default_transaction_read_only')).toEqual([
      { default_transaction_read_only: 'on' },
    ]);
  }
});

test('the migrations make exactly what the schema describes: nothing waits to be generated', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-schema-'));
  try {
    await cp(MIGRATIONS_FOLDER, path.join(folder, 'migrations'), { recursive: true });
    const config = { ...drizzleConfig, schema: path.join(ROOT, 'drizzle/schema/*.ts'), out: './migrations' };
    await writeFile(path.join(folder, 'drizzle.config.json'), JSON.stringify(config));
    const kit = path.join(ROOT, 'node_modules/drizzle-kit/bin.cjs');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [kit, 'generate', '--config', 'drizzle.config.json'],
      {
        cwd: folder,
      },
    );
    expect(stdout).toContain('No schema changes');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

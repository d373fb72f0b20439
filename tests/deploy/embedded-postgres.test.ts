import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';
import { findServerUser } from '../../deploy/one-box/server-user.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder } from './folder.ts';
import { descendantsOf, kill } from './processes.ts';

const PASSWORD = 'with space, quote’ and &';

test('a database whose every process was killed comes back with all that was committed', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const owner = await forkOwner(dataDir);
  await ask(owner.adminUrl, 'create table kept (word text); insert into kept values ($$once$$)');

  const postmaster = await postmasterOf(dataDir);
  const below = [...descendantsOf(owner.process.pid), ...descendantsOf(postmaster)];
  for (const pid of [owner.process.pid, postmaster, ...below.map(({ pid }) => pid)]) kill(pid);
  const again = await startEmbeddedPostgres({ dataDir, port: 0, password: PASSWORD });
  onTestFinished(again.stop);
  expect(await ask(again.adminUrl, 'select word from kept')).toEqual([{ word: 'once' }]);
});

test('a database does not outlive the process that started it', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const owner = await forkOwner(dataDir);
  kill(owner.process.pid);
  await eventually(() => !existsSync(path.join(dataDir, 'postmaster.pid')));
});

test('a database that a killed process left running is taken over', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const owner = await forkOwner(dataDir);
  await ask(owner.adminUrl, 'create table kept (word text); insert into kept values ($$once$$)');
  // With whoever would have stopped it.
  const below = descendantsOf(owner.process.pid);
  for (const pid of [owner.process.pid, ...below.map(({ pid }) => pid)]) kill(pid);

  const again = await startEmbeddedPostgres({ dataDir, port: 0, password: PASSWORD });
  onTestFinished(again.stop);
  expect(await ask(again.adminUrl, 'select word from kept')).toEqual([{ word: 'once' }]);
});

test('a lock that names another program by now does not keep a database from starting', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const first = await startEmbeddedPostgres({ dataDir, port: 0, password: PASSWORD });
  const lock = path.join(dataDir, 'postmaster.pid');
  const [, ...rest] = (await readFile(lock, 'utf8')).split('\n');
  await first.stop();
  const user = await findServerUser();
  const another = spawn('sleep', ['60'], { uid: user?.uid, gid: user?.gid });
  onTestFinished(() => void another.kill());
  await writeFile(lock, [another.pid, ...rest].join('\n'));

  const again = await startEmbeddedPostgres({ dataDir, port: 0, password: PASSWORD });
  onTestFinished(again.stop);
  expect(await ask(again.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a database moves to a free port when somebody else took its own', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const first = await startEmbeddedPostgres({ dataDir, port: 0, password: PASSWORD });
  await first.stop();
  const other = createServer().listen(first.port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());

  const again = await startEmbeddedPostgres({ dataDir, port: first.port, password: PASSWORD });
  onTestFinished(again.stop);
  expect(again.port).not.toBe(first.port);
  expect(await ask(again.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a database that cannot start says why in its own words', async () => {
  const dataDir = path.join(await makeFolder(), 'postgres');
  const start = startEmbeddedPostgres({
    dataDir,
    port: 0,
    password: PASSWORD,
    settings: { work_mem: 'much' },
  });
  await expect(start).rejects.toThrow(
    'Postgres did not start: invalid value for parameter "work_mem": "much"',
  );
});

async function forkOwner(dataDir: string): Promise<{ process: ChildProcess; adminUrl: string }> {
  const child = fork(path.join(import.meta.dirname, 'own-postgres.ts'), [dataDir, PASSWORD]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [adminUrl] = (await once(child, 'message')) as [string]; // what own-postgres.ts sends
  return { process: child, adminUrl };
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8'), 10);
}

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answer = await client.query(query);
    return answer.rows;
  } finally {
    await client.end();
  }
}

import { once } from 'node:events';
import { chown, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from './folder.ts';
import { runScript } from './start.ts';

/** @returns what the person reads; the exit code has to be 1 */
async function refusalOf(environment: Record<string, string>): Promise<string> {
  const start = runScript('deploy/one-box/start.ts', environment);
  expect(await start.ended).toBe(1);
  expect(start.stdout()).toBe('');
  return start.stderr();
}

const NOBODY = 65_534;
const AWAY = 'postgres://someone:secret@127.0.0.1:1/statuswatch';
const ALL_URLS = {
  DATABASE_URL: AWAY,
  IDENTITY_DATABASE_URL: AWAY,
  SYSTEM_DATABASE_URL: AWAY,
  PROBER_DATABASE_URL: AWAY,
};

test('a taken port is named, with another to choose', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo; // it listens on a port, not on a pipe
  expect(await refusalOf({ PORT: String(port), DATA_DIR: await makeFolder() })).toBe(
    `Port ${port} is taken: stop what listens there, or choose another, as in "PORT=${port + 1} npm start".\n`,
  );
});

test('a port that is none is refused', async () => {
  expect(await refusalOf({ PORT: 'http', DATA_DIR: await makeFolder() })).toBe(
    'PORT is "http": set it to a number from 0 (any free port) to 65535.\n',
  );
});

test('a data folder that cannot be written is named, with what to do', async () => {
  const file = path.join(await makeFolder(), 'file');
  await writeFile(file, '');
  expect(await refusalOf({ PORT: '0', DATA_DIR: path.join(file, 'data') })).toBe(
    `The data folder ${path.join(file, 'data')} cannot be written (ENOTDIR): give this user the right to, or choose another with DATA_DIR.\n`,
  );
});

test('a data folder where nothing can be made, even by root, is refused at once', async () => {
  expect(await refusalOf({ PORT: '0', DATA_DIR: '/proc/statuswatch' })).toMatch(
    /^The data folder \/proc\/statuswatch cannot be written \(E\w+\): give this user the right to,/,
  );
});

test('a data folder that is a file is refused', async () => {
  const file = path.join(await makeFolder(), 'file');
  await writeFile(file, '');
  expect(await refusalOf({ PORT: '0', DATA_DIR: file })).toContain(
    `The data folder ${file} cannot be written (ENOTDIR)`,
  );
});

test('a data folder whose secrets are another user’s is left alone', async () => {
  const folder = await makeFolder();
  const secrets = path.join(folder, 'secrets.json');
  if (process.getuid?.() === 0) {
    await writeFile(secrets, '{}');
    await chown(secrets, NOBODY, NOBODY);
  } else await symlink('/etc/passwd', secrets); // that one is root's
  expect(await refusalOf({ PORT: '0', DATA_DIR: folder })).toBe(
    `The data folder ${folder} belongs to another user: start as that user, or choose another folder with DATA_DIR.\n`,
  );
});

test('a database that is away is told with the variable that leads to it, and without its password', async () => {
  const said = await refusalOf({ PORT: '0', DATA_DIR: await makeFolder(), ...ALL_URLS });
  expect(said).toBe(
    'The database of DATABASE_URL does not let us in (connect ECONNREFUSED 127.0.0.1:1): see that it runs and that DATABASE_URL is right.\n',
  );
});

test('a database of one’s own needs the URL of every role', async () => {
  const said = await refusalOf({ PORT: '0', DATA_DIR: await makeFolder(), DATABASE_URL: AWAY });
  expect(said).toBe(
    'DATABASE_URL is set, so set IDENTITY_DATABASE_URL, SYSTEM_DATABASE_URL, PROBER_DATABASE_URL too; "npm run migrate -- --create-roles" makes and prints them.\n',
  );
});

test('a database URL that is none is refused', async () => {
  const said = await refusalOf({
    PORT: '0',
    DATA_DIR: await makeFolder(),
    ...ALL_URLS,
    SYSTEM_DATABASE_URL: 'localhost',
  });
  expect(said).toBe(
    'SYSTEM_DATABASE_URL must be a URL such as postgres://user:password@host:5432/statuswatch.\n',
  );
});

test('what the server finds wrong with its environment is what the person reads', async () => {
  const said = await refusalOf({ PORT: '0', DATA_DIR: await makeFolder(), NODE_ENV: 'production' });
  expect(said).toContain('in production it must begin with https://.\n');
  expect(said.match(/it must begin with https/g)).toHaveLength(1);
});

test('what is wrong for the server and what is wrong for the prober is told at once', async () => {
  const said = await refusalOf({
    PORT: '0',
    DATA_DIR: await makeFolder(),
    NODE_ENV: 'production',
    PROBER_REGION: 'Europe West',
    PROBER_ALLOW_NETWORKS: 'my-lan',
  });
  const networks =
    'PROBER_ALLOW_NETWORKS must be a list of networks such as 10.0.0.0/8, with commas between them.';
  expect(said.match(/^The (server|prober) cannot start:$/gm)?.sort()).toEqual([
    'The prober cannot start:',
    'The server cannot start:',
  ]);
  for (const sentence of [networks, 'A region is lower-case', 'in production it must begin with https://.']) {
    expect(said).toContain(sentence);
  }
});

test('a demo without a running StatusWatch says what to start first', async () => {
  const folder = await makeFolder();
  const demo = runScript('deploy/one-box/demo.ts', { DATA_DIR: folder });
  expect(await demo.ended).toBe(1);
  expect(demo.stderr()).toContain(`No StatusWatch runs on the data folder ${folder}: type "npm start"`);
});

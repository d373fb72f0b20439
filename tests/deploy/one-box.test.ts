import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_NAMES } from '../../drizzle/roles.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { listenHttp } from '../support/listen.ts';
import { makeFolder } from './folder.ts';
import { descendantsOf, isAlive, kill } from './processes.ts';
import { type Product, runScript, startProduct } from './start.ts';

const ALLOW_LOOPBACK = { PROBER_ALLOW_NETWORKS: '127.0.0.0/8' };
const COMES_BACK_WITHIN_MS = 20_000;
const ALICE = { email: 'alice@acme.example', password: 'Correct-Horse-7-Battery' };

test('after the death of every process a start finds everything that was there', async () => {
  const dataDir = path.join(await makeFolder(), 'data');
  const { url } = await listenHttp((response) => response.end('fine'));
  const first = await startProduct(dataDir, ALLOW_LOOPBACK);
  const alice = await registerAlice(first);
  const { id } = await alice.call('monitors.create', { name: 'api', kind: 'http', target: url });
  const before = await eventually(async () => {
    const { items } = await alice.call('results.list', { monitorId: id });
    return items.at(-1);
  });
  await killEverything(first, dataDir);

  const again = new ApiClient((await startProduct(dataDir, ALLOW_LOOPBACK)).origin);
  await again.call('auth.login', ALICE);
  const { items } = await again.call('results.list', { monitorId: id });
  expect(items).toContainEqual(before);
  expect((await again.call('monitors.get', { monitorId: id })).state).toBe('up');
});

test('server, prober and database are started again when they die', async () => {
  const dataDir = path.join(await makeFolder(), 'data');
  const { url } = await listenHttp((response) => response.end('fine'));
  const product = await startProduct(dataDir, ALLOW_LOOPBACK);
  const alice = await registerAlice(product);
  const checked = async (name: string) => {
    const { id } = await alice.call('monitors.create', { name, kind: 'http', target: `${url}/${name}` });
    const { items } = await alice.call('results.list', { monitorId: id });
    return items.length > 0 || eventually(() => hasResult(alice, id), COMES_BACK_WITHIN_MS);
  };

  killThe('server/main.ts', product);
  expect(await eventually(() => checked('after-server'), COMES_BACK_WITHIN_MS)).toBe(true);
  killThe('prober/main.ts', product);
  expect(await eventually(() => checked('after-prober'), COMES_BACK_WITHIN_MS)).toBe(true);
  kill(await postmasterOf(dataDir));
  expect(await eventually(() => checked('after-database'), COMES_BACK_WITHIN_MS)).toBe(true);
  expect(product.stderr()).toContain('The server ended (SIGKILL). It starts again in 0.5 s');
});

describe('while it runs', () => {
  let dataDir = '';
  let product: Product;
  beforeAll(async () => {
    dataDir = path.join(await makeFolder(afterAll), 'data');
    product = await startProduct(dataDir, {}, afterAll);
  });

  test('secrets lie where only their owner can read them, and a URL is there for every role', async () => {
    const connection = path.join(dataDir, 'connection.json');
    expect(Object.keys(JSON.parse(await readFile(connection, 'utf8'))).sort()).toEqual(
      [...ROLE_NAMES].sort(),
    );
    for (const file of [connection, path.join(dataDir, 'secrets.json')]) {
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  test('no other start has its data folder', async () => {
    const second = runScript('deploy/one-box/start.ts', { PORT: '0', DATA_DIR: dataDir });
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toBe(
      `StatusWatch already runs on the data folder ${dataDir} (process ${product.process.pid}): stop it, or choose another folder with DATA_DIR.\n`,
    );
    expect((await fetch(`${product.origin}/health/ready`)).status).toBe(200);
  });

  test('it stops every process when told to, and has said one line on its standard output', async () => {
    const all = descendantsOf(product.process.pid).map(({ pid }) => pid);
    expect(all.length).toBeGreaterThanOrEqual(3); // server, prober, and who stops the database
    const database = await postmasterOf(dataDir);
    expect(await product.stop()).toBe(0);
    await eventually(() => ![...all, database].some(isAlive));
    expect(product.stdout()).toBe(`StatusWatch is ready at ${product.origin}\n`);
  });
});

async function registerAlice(product: Product): Promise<ApiClient> {
  const alice = new ApiClient(product.origin);
  const { password } = ALICE;
  await alice.call('auth.register', { organizationName: 'Acme', ...ALICE, passwordConfirmation: password });
  await alice.call('auth.login', ALICE);
  return alice;
}

async function hasResult(client: ApiClient, monitorId: string): Promise<boolean> {
  return (await client.call('results.list', { monitorId })).items.length > 0;
}

async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

function killThe(script: string, product: Product): void {
  kill(descendantsOf(product.process.pid).find(({ command }) => command.includes(script))?.pid);
}

async function killEverything(product: Product, dataDir: string): Promise<void> {
  const postmaster = await postmasterOf(dataDir);
  const below = [...descendantsOf(product.process.pid), ...descendantsOf(postmaster)];
  for (const pid of [product.process.pid, postmaster, ...below.map(({ pid }) => pid)]) kill(pid);
  await product.ended;
}

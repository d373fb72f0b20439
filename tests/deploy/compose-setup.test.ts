import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../deploy/one-box/config.ts';
import { startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';
import { readConfig as readProberConfig } from '../../prober/config.ts';
import { readConfig as readServerConfig } from '../../server/config.ts';
import { makeFolder } from './folder.ts';

test('the step before the containers leaves each what it needs, and the same at every start', async () => {
  const folder = await makeFolder();
  const secrets = path.join(folder, 'secrets');
  for (const volume of ['admin', 'server', 'prober']) {
    await mkdir(path.join(secrets, volume), { recursive: true });
  }
  const password = 'a+b/c=';
  await writeFile(path.join(secrets, 'admin', 'postgres'), `${password}\n`);
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), port: 0, password });
  onTestFinished(postgres.stop);

  const setUp = async () => {
    const script = path.join(ROOT, 'deploy/compose-setup.ts');
    await promisify(execFile)(process.execPath, [script, secrets, `127.0.0.1:${postgres.port}`]);
    return Promise.all(
      ['server', 'prober'].map((volume) => readFile(path.join(secrets, volume, 'env'), 'utf8')),
    );
  };
  const first = await setUp();
  expect(await setUp()).toEqual(first);

  const [server = {}, prober = {}] = first.map(parse);
  const config = readServerConfig(server);
  expect(readProberConfig(prober).databaseUrl).toContain('statuswatch_prober');
  expect(Object.keys(prober)).toEqual(['MONITOR_KEY', 'PROBER_DATABASE_URL']);
  expect(prober.MONITOR_KEY).toBe(server.MONITOR_KEY);
  for (const [role, url] of Object.entries(config.databaseUrls)) {
    expect(await userBehind(url)).toBe(`statuswatch_${role}`);
  }
  expect((await stat(path.join(secrets, 'server', 'env'))).mode & 0o777).toBe(0o400);
});

const parse = (text: string) =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2)),
  );

async function userBehind(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select current_user as name');
    return rows[0]?.name;
  } finally {
    await client.end();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import * as v from 'valibot';
import { readDemo } from '../../deploy/one-box/demo/demo-file.ts';
import { findFreePort } from '../../deploy/one-box/free-port.ts';
import { ApiClient } from '../support/api-client.ts';
import { ROOT } from '../support/run-part.ts';
import { THIS_MACHINE } from '../support/this-machine.ts';
import { type Cast, fillStage } from './stage.ts';

/** A running installation, with the demo in it and whoever else is needed. */
export type Stack = Cast & { origin: string; stop: () => Promise<void> };

/** Starts the product as `npm start` does, on a data folder of its own, and fills it as `npm run demo` does. */
export async function startStack(say: (sentence: string) => void): Promise<Stack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'statuswatch-screens-'));
  // The database of root runs as another user, who has to get through.
  await chmod(dataDir, 0o711);
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const environment = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: origin,
    TRUSTED_PROXIES: THIS_MACHINE,
  };
  const product = spawn(process.execPath, ['deploy/one-box/start.ts'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    await end(product);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    say('Starting an installation to take pictures of.');
    await ready(product);
    say('Filling it.');
    const demo = spawn(process.execPath, ['deploy/one-box/demo.ts'], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(demo, 'exit');
    if (code !== 0) throw new Error('The demo could not be made.');
    const about = await readDemo(dataDir);
    if (about === undefined) throw new Error('The demo left no word of itself.');
    const client = new pg.Client({ connectionString: await superuserUrl(dataDir) });
    await client.connect();
    try {
      const servicesUrl = `http://127.0.0.1:${about.ports.services}`;
      const owner = Object.assign(new ApiClient(origin), about.login);
      return { origin, stop, ...(await fillStage(origin, owner, client, servicesUrl)) };
    } finally {
      await client.end();
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the line that says where to go. */
async function ready(product: ChildProcess): Promise<void> {
  const ended = once(product, 'exit').then(([code]) => {
    throw new Error(`The installation ended with ${code} before it was ready.`);
  });
  const said = (async () => {
    let output = '';
    for await (const chunk of product.stdout ?? []) {
      output += String(chunk);
      if (output.includes('StatusWatch is ready')) return;
    }
  })();
  await Promise.race([said, ended]);
  ended.catch(ignoreLaterEnd);
  product.stdout?.resume();
}

/** Once it is ready, it ends when it is told to. */
function ignoreLaterEnd(): void {}

async function end(product: ChildProcess): Promise<void> {
  if (product.exitCode !== null || product.signalCode !== null) return;
  product.kill('SIGTERM');
  await once(product, 'exit');
}

async function superuserUrl(dataDir: string): Promise<string> {
  const connection = JSON.parse(await readFile(path.join(dataDir, 'connection.json'), 'utf8'));
  const secrets = JSON.parse(await readFile(path.join(dataDir, 'secrets.json'), 'utf8'));
  const url = new URL(v.parse(v.object({ owner: v.string() }), connection).owner);
  url.username = 'postgres';
  url.password = v.parse(
    v.object({ postgres: v.object({ password: v.string() }) }),
    secrets,
  ).postgres.password;
  return url.toString();
}

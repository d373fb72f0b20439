import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { ApiSession } from './api-session.ts';
import { ROOT } from './config.ts';
import { findFreePort } from './free-port.ts';

/**
 * Starts the product as a newcomer would, with an empty home and an empty data folder, and uses it over HTTP: register,
 * login, create, first result; then stops it, starts it again and finds what was there. Prints `N passed, N failed` last.
 */
const READY_WITHIN_MS = 180_000;
const SECOND_START_WITHIN_MS = 10_000;
const FIRST_RESULT_WITHIN_MS = 5000;
const PERSON = { email: 'alice@smoke.example', password: 'Smoke-test-pass-1' };

const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-smoke-'));
await chmod(folder, 0o711); // root's database runs as another user, who goes through here
await mkdir(path.join(folder, 'home'));
const port = await findFreePort();
const origin = `http://localhost:${port}`;
const target = createServer((_request, response) => response.end('fine')).listen(0, '127.0.0.1');
await once(target, 'listening');

let product: { process: ChildProcess; output: () => string };
const api = new ApiSession(origin);
let monitorId = '';

const steps: [sentence: string, step: () => Promise<void>][] = [
  ['npm start becomes ready with an empty home and data folder', () => start(READY_WITHIN_MS)],
  ['it prints exactly one line that says where to go', async () => assertOneReadyLine()],
  ['someone registers an organization', register],
  ['and logs in', logIn],
  ['and adds a monitor', createMonitor],
  ['which is checked at once, with the time of each phase', async () => void (await waitForResult())],
  ['the page of the web app is served', assertPageServed],
  ['it stops within seconds when told to', stop],
  ['a second start is ready in under 10 s', () => start(SECOND_START_WITHIN_MS)],
  ['and has lost nothing', async () => void (await waitForResult())],
  ['it stops again', stop],
];

async function run(): Promise<number> {
  let passed = 0;
  for (const [sentence, step] of steps) {
    const startedAt = performance.now();
    try {
      await step();
    } catch (error) {
      process.stdout.write(`FAIL  ${sentence}\n\n${error instanceof Error ? error.message : error}\n`);
      process.stdout.write(`\nWhat it had printed:\n${product?.output() ?? 'nothing'}\n`);
      break;
    }
    passed += 1;
    process.stdout.write(`ok    ${sentence} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
  }
  if (product?.process.exitCode === null) await stop();
  target.close();
  await rm(folder, { recursive: true, force: true });
  // What could not be reached any more counts as failed too.
  process.stdout.write(`${passed} passed, ${steps.length - passed} failed\n`);
  return passed === steps.length ? 0 : 1;
}

async function start(withinMs: number): Promise<void> {
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: path.join(folder, 'home'),
      DATA_DIR: path.join(folder, 'data'),
      PORT: String(port),
      PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  product = { process: child, output: () => output };
  await until(withinMs, 'it is not ready', async () => {
    if (child.exitCode !== null) throw new Error(`npm start ended with exit code ${child.exitCode}.`);
    if (!output.includes('is ready')) return undefined;
    const response = await fetch(`${origin}/health/ready`);
    if (!response.ok) throw new Error(`/health/ready answers ${response.status}: ${await response.text()}`);
    return true;
  });
}

function assertOneReadyLine(): void {
  const lines = product.output().split('\n');
  const count = lines.filter((line) => line === `StatusWatch is ready at ${origin}`).length;
  if (count !== 1) throw new Error(`The line "StatusWatch is ready at ${origin}" came ${count} times.`);
}

async function register(): Promise<void> {
  const { password } = PERSON;
  const input = { organizationName: 'Smoke', ...PERSON, passwordConfirmation: password };
  await api.mutate('auth.register', input, v.unknown());
}

async function logIn(): Promise<void> {
  await api.mutate('auth.login', PERSON, v.object({ status: v.literal('signed_in') }));
}

async function createMonitor(): Promise<void> {
  const { port: targetPort } = target.address() as AddressInfo; // it listens on a port, not on a pipe
  const input = { name: 'smoke', kind: 'http', target: `http://127.0.0.1:${targetPort}/` };
  monitorId = (await api.mutate('monitors.create', input, v.object({ id: v.string() }))).id;
}

const resultsSchema = v.object({
  items: v.array(
    v.object({ outcome: v.string(), timings: v.object({ totalMs: v.number(), firstByteMs: v.number() }) }),
  ),
});

async function waitForResult(): Promise<void> {
  await until(FIRST_RESULT_WITHIN_MS, 'there is no result', async () => {
    const { items } = await api.query('results.list', { monitorId }, resultsSchema);
    const [first] = items;
    if (first === undefined) return undefined;
    if (first.outcome !== 'up') throw new Error(`The first result is ${first.outcome}.`);
    return true;
  });
}

async function assertPageServed(): Promise<void> {
  const page = await fetch(`${origin}/login`);
  const text = await page.text();
  const script = /<script[^>]+src="([^"]+)"/.exec(text)?.[1];
  if (!page.ok || script === undefined)
    throw new Error(`/login answers ${page.status}: ${text.slice(0, 300)}`);
  const code = await fetch(new URL(script, origin));
  if (!code.ok) throw new Error(`${script} answers ${code.status}.`);
}

async function stop(): Promise<void> {
  const ended = once(product.process, 'exit');
  product.process.kill('SIGTERM');
  const [code] = (await ended) as [number | null]; // the signature of the event
  if (code !== 0) throw new Error(`It ended with exit code ${code}.`);
  await until(1000, 'the port is still taken', async () => {
    const answers = await fetch(`${origin}/health`).then(
      () => true,
      () => false,
    );
    return answers ? undefined : true;
  });
}

/** Asks again every 50 ms until there is an answer. @throws Error with the sentence when none came in time */
async function until(
  withinMs: number,
  sentence: string,
  ask: () => Promise<true | undefined>,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while ((await ask()) === undefined) {
    if (performance.now() > giveUpAt) throw new Error(`After ${withinMs / 1000} s ${sentence}.`);
    await sleep(50);
  }
}

process.exitCode = await run();

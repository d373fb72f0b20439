import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../deploy/one-box/config.ts';
import { readRunning } from '../../deploy/one-box/running-file.ts';
import { eventually } from '../support/eventually.ts';
import type { AtTheEnd } from './folder.ts';

const READY_WITHIN_MS = 60_000;

export type Start = {
  process: ChildProcess;
  /** What it wrote so far. */
  stdout: () => string;
  stderr: () => string;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
};

export type Product = Start & {
  origin: string;
  /** Stops it as Ctrl-C does. @returns its exit code */
  stop: () => Promise<number | null>;
};

/** Runs `npm start`'s own script, in an environment that holds nothing but what is given. */
export function runScript(script: string, environment: Record<string, string>): Start {
  const child = spawn(process.execPath, [path.join(ROOT, script)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null); // the signature of the event
  return { process: child, stdout: () => said.stdout, stderr: () => said.stderr, ended };
}

/** Starts the whole product on a free port and waits until it is ready; it stops with the test. */
export async function startProduct(
  dataDir: string,
  environment: Record<string, string> = {},
  atTheEnd: AtTheEnd = onTestFinished,
): Promise<Product> {
  const start = runScript('deploy/one-box/start.ts', { PORT: '0', DATA_DIR: dataDir, ...environment });
  const stop = () => {
    start.process.kill('SIGINT');
    return start.ended;
  };
  atTheEnd(async () => void (await stop()), 60_000);
  const running = await eventually(async () => {
    if (start.process.exitCode !== null) throw new Error(`It ended: ${start.stderr()}`);
    const found = await readRunning(dataDir);
    return found?.ready ? found : undefined;
  }, READY_WITHIN_MS);
  await eventually(() => start.stdout() !== '');
  return { ...start, origin: running.publicUrl, stop };
}

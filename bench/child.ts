import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROBER_FLAGS, PROBER_MEMORY } from '../shared/prober-flags.ts';

const ROOT = new URL('../', import.meta.url);
/** As an installation has it from its second start on. */
const COMPILED = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'statuswatch-bench-compiled') };
/** Linux counts CPU time in hundredths of a second (USER_HZ, proc(5)). */
const TICK_MICROS = 10_000;

/** Starts a process of the project; it writes only errors. */
export function start(
  file: string,
  environment: Record<string, string> = {},
  args: string[] = [],
): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, ROOT)), args, {
    execArgv: file === 'prober/main.ts' ? [...PROBER_FLAGS] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // vite, where it has built the client in this process, has set NODE_ENV
    env: {
      ...process.env,
      ...(file === 'prober/main.ts' ? { ...PROBER_MEMORY, ...COMPILED } : {}),
      NODE_ENV: 'development',
      LOG_LEVEL: 'error',
      ...environment,
    },
  });
  return child;
}

export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The process ended before it said anything.'))),
  ])) as [T]; // what our own processes send
  return message;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** CPU time, user and system, that a process has spent, in microseconds. */
export async function cpuMicros(child: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
}

/** Memory a process holds, in MiB. */
export async function residentMiB(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll } from 'vitest';
import { eventually } from './eventually.ts';
import { ROOT } from './run-part.ts';

export type RunningProcess = {
  child: ChildProcess;
  /** What it has written to standard output and standard error, in whole. */
  output: () => string;
  /** Every whole line that is JSON, parsed. */
  lines: () => ({ event?: string; level?: string } & Record<string, unknown>)[];
  /** Waits for a log line with this event. */
  event: (name: string, withinMs?: number) => Promise<Record<string, unknown>>;
  /** Waits for the end. @returns the exit code, or the signal that ended it */
  ended: () => Promise<number | NodeJS.Signals>;
};

const living = new Set<ChildProcess>();

async function endAll(): Promise<void> {
  const gone = [...living].map((child) => once(child, 'close'));
  for (const child of living) child.kill('SIGKILL');
  await Promise.all(gone);
}
// A hook that is asked for while a test runs is not heard: this one is, in a file of its own.
afterAll(endAll);

/** Runs a program of ours in a process of its own, as production does; it is killed when the test file ends. */
export function runProcess(script: string, environment: Record<string, string>): RunningProcess {
  const child = spawn(process.execPath, [path.join(ROOT, script)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  living.add(child);
  afterAll(endAll); // and this one where files share their modules
  const closed = once(child, 'close').then(([code, signal]) => {
    living.delete(child);
    return (code ?? signal) as number | NodeJS.Signals; // one of the two is there
  });
  const lines = () =>
    output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : []));
  return {
    child,
    output: () => output,
    lines,
    event: (name, withinMs = 60_000) =>
      eventually(() => {
        const line = lines().find((each) => each.event === name);
        if (line === undefined) throw new Error(`No line says ${name}: ${output}`);
        return line;
      }, withinMs),
    ended: () => closed,
  };
}

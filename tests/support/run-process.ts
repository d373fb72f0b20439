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
  const closed = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  afterAll(async () => {
    child.kill('SIGKILL');
    await closed;
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
    event: (name, withinMs = 15_000) =>
      eventually(() => {
        const line = lines().find((each) => each.event === name);
        if (line === undefined) throw new Error(`No line says ${name}: ${output}`);
        return line;
      }, withinMs),
    ended: () => closed,
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What came of one part of a run. */
export type PartResult = { name: string; passed: number; failed: number; seconds: number; output: string };

const report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.unknown()) })),
});

const running = new Set<{ kill: (signal: NodeJS.Signals) => boolean }>();

let stopped = false;

/** Whether whoever started the run wants it to end. */
export const isStopped = (): boolean => stopped;

/** Ends the run when it is told to, and when the process that started it is gone, however that went. */
export function stopWhenTold(): void {
  const stop = () => {
    stopped = true;
    for (const child of running) child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  if (process.channel) {
    process.once('disconnect', stop);
    // Listening for its end must not keep us from ending first.
    process.channel.unref();
  }
}

/** Runs a command; it counts as one test, passed when it exits with 0. */
export async function runCommand(name: string, command: string, args: string[]): Promise<PartResult> {
  const startedAt = performance.now();
  const { code, output } = await execute(command, args, {});
  const failed = code === 0 ? 0 : 1;
  return { name, passed: 1 - failed, failed, seconds: (performance.now() - startedAt) / 1000, output };
}

/** Runs the tests of one vitest project. A file that cannot be loaded and a test that is skipped are failures. */
export async function runProject(name: string, environment: Record<string, string>): Promise<PartResult> {
  const startedAt = performance.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-report-'));
  const file = path.join(folder, 'report.json');
  try {
    const args = ['run', '--project', name, '--no-color', '--reporter=default', '--reporter=json'];
    const { code, output } = await execute('vitest', [...args, `--outputFile.json=${file}`], environment);
    const seconds = (performance.now() - startedAt) / 1000;
    const counts = await readReport(file);
    if (counts === null) return { name, passed: 0, failed: 1, seconds, output };
    const { passed, failed } = counts;
    // Vitest may fail for what no test is blamed for, such as an error after the last one.
    return { name, passed, failed: failed === 0 && code !== 0 ? 1 : failed, seconds, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<{ passed: number; failed: number } | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // vitest itself did not start
    throw error;
  }
  const counts = v.parse(report, JSON.parse(text));
  const notLoaded = counts.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests + counts.numPendingTests + counts.numTodoTests + notLoaded,
  };
}

async function execute(
  command: string,
  args: string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(path.join(ROOT, 'node_modules', '.bin', command), args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', CI: '1', ...environment },
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null]; // the signature of the event
  running.delete(child);
  return { code, output };
}

/** Prints one line for a part, and all it said when it failed. */
export function printPart({ name, passed, failed, seconds, output }: PartResult): void {
  const figures = failed === 0 ? `${passed} passed` : `${failed} FAILED, ${passed} passed`;
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)} ${figures}  (${seconds.toFixed(1)} s)\n`,
  );
  if (failed > 0) process.stdout.write(`\n${output.trim()}\n\n`);
}

/** Prints the line that closes a run. @returns the exit code */
export function printTotal(results: PartResult[], startedAt: number): number {
  if (stopped) process.stdout.write('\nStopped before its end.\n');
  const sum = (of: 'passed' | 'failed') => results.reduce((total, result) => total + result[of], 0);
  const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (broken.length > 0) process.stdout.write(`\nFailed: ${broken.join(', ')}\n`);
  process.stdout.write(`\nTook ${Math.round((performance.now() - startedAt) / 1000)} s.\n`);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return broken.length > 0 || stopped ? 1 : 0;
}

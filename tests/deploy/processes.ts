import { execFileSync } from 'node:child_process';

type Listed = { pid: number; parent: number; command: string };

/** Every process that comes from one: its children, theirs, and so on. */
export function descendantsOf(pid: number | undefined): Listed[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = listing
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .map((found) => ({ pid: Number(found?.[1]), parent: Number(found?.[2]), command: found?.[3] ?? '' }));
  const below = (parent: number): Listed[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  if (pid === undefined) throw new Error('There is no process to ask about.');
  return below(pid);
}

/** Ends a process at once, without a word to it. One that is gone already is as good. */
export function kill(pid: number | undefined): void {
  if (pid === undefined) throw new Error('There is nobody to kill.');
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function isAlive(pid: number): boolean {
  return execFileSync('ps', ['-eo', 'pid=,state='], { encoding: 'utf8' })
    .split('\n')
    .some((line) => new RegExp(`^\\s*${pid}\\s+[^Z]`).test(line));
}

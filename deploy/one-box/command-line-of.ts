import { existsSync } from 'node:fs';
import { readIfThere } from './read-if-there.ts';
import { runAs } from './server-user.ts';

/** The command line of a running process; undefined when nothing runs under that number (a dead one that nobody has collected included). */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  const line = existsSync('/proc/self/cmdline')
    ? await readIfThere(`/proc/${pid}/cmdline`)
    : await askPs(pid);
  return line?.replaceAll('\0', ' ').trim() || undefined;
}

async function askPs(pid: number): Promise<string | undefined> {
  try {
    return await runAs(undefined, 'ps', ['-o', 'args=', '-p', String(pid)]);
  } catch {
    return undefined; // ps answers 1 for a number that nobody has
  }
}

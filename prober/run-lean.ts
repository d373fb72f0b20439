import { PROBER_FLAGS } from '../shared/prober-flags.ts';

/**
 * Starts this process anew under the prober's flags, in its own place: same process id, same environment. Returns where it
 * has them already, and where a parent that forked it would be lost.
 */
export function runLean(): void {
  const hasThem = PROBER_FLAGS.every((flag) => process.execArgv.includes(flag));
  if (hasThem || process.channel !== undefined || process.execve === undefined) return;
  process.execve(process.execPath, [
    process.execPath,
    ...process.execArgv,
    ...PROBER_FLAGS,
    ...process.argv.slice(1),
  ]);
}

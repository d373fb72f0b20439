import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './config.ts';
import { readIfThere } from './read-if-there.ts';
import { StartFailure } from './start-failure.ts';

/** What the built client depends on. */
const SOURCES = ['bun.lock', 'client/**/*', 'shared/**/*'];
const DIST = path.join(ROOT, 'client', 'dist');
/** Lies in what was built, so that nobody takes another build for this one. */
const STAMP = '.built-from';

/**
 * Builds the web app into client/dist, only when its sources changed since the last time.
 *
 * @param say shows a sentence to the person
 * @param signal ends the build
 * @throws StartFailure with what the build said
 */
export async function buildClient(say: (sentence: string) => void, signal: AbortSignal): Promise<void> {
  const sources = await describeSources();
  if ((await readIfThere(path.join(DIST, STAMP))) === sources) return;
  say('Building the web app.');
  // Built beside its place: whoever serves the old one goes on until the new one is whole.
  const fresh = path.join(ROOT, '.cache', `client-${process.pid}`);
  try {
    await promisify(execFile)(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', 'client', '--outDir', fresh],
      { cwd: ROOT, signal, env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' } },
    );
    await writeFile(path.join(fresh, STAMP), sources);
    await replace(DIST, fresh);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new StartFailure(`The web app could not be built: ${stderr || message}`, { cause: error });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function replace(folder: string, fresh: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(fresh, folder);
  } catch (error) {
    // Another start built the same at the same time, and was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

async function describeSources(): Promise<string> {
  const hash = createHash('sha256');
  const names: string[] = [];
  for await (const entry of glob(SOURCES, {
    cwd: ROOT,
    withFileTypes: true,
    exclude: ({ name }) => name === 'dist' || name.endsWith('.test.ts'),
  })) {
    if (entry.isFile()) names.push(path.join(entry.parentPath, entry.name));
  }
  for (const name of names.sort()) {
    hash
      .update(`${path.relative(ROOT, name)}\0`)
      .update(await readFile(name))
      .update('\0');
  }
  return hash.digest('hex');
}

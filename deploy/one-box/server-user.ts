import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Whom the database server runs as when we are root: root may not run Postgres, so it lends it to another user. */
export type ServerUser = { uid: number; gid: number };

/**
 * The user that Postgres runs as when we are root: whoever owns the cluster that is there, else `postgres` where the
 * machine has one, else `nobody`, who is everywhere. Without root it is ourselves.
 *
 * @returns undefined for ourselves
 * @throws Error when root finds neither
 */
export async function findServerUser(cluster?: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (cluster !== undefined && existsSync(cluster)) {
    const { uid, gid } = await stat(cluster);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ['postgres', 'nobody']) {
    const found = await lookUp(name);
    if (found !== undefined) return found;
  }
  throw new Error('Postgres does not run as root: add a user named postgres, or start as an ordinary user.');
}

/**
 * Runs a program to its end as that user, in a bare environment: neither locale, home nor PG* variables reach it.
 *
 * @returns what it wrote to its standard output
 * @throws Error with its standard error, and its exit code as `code`
 */
export async function runAs(user: ServerUser | undefined, program: string, args: string[]): Promise<string> {
  const { stdout } = await execute(program, args, optionsFor(user));
  return stdout;
}

/** Where and as whom a program of the database runs. The clone may lie where that user cannot go, `/` never does. */
export function optionsFor(user: ServerUser | undefined) {
  const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return { cwd: '/', env: environment, ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }) };
}

/** Whether the user may go into a folder. The system is asked, since mode bits alone do not say (ACLs, mounts). */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  try {
    await runAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]);
    return true;
  } catch (error) {
    if (exitCode(error) !== undefined) return false;
    throw error;
  }
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    // id answers 1 for a name it does not know; anything else (there is no id) is worth hearing.
    if (exitCode(error) === 1) return undefined;
    throw error;
  }
}

/** A program that ran and failed has a number as code; one that could not run has a word (ENOENT). */
function exitCode(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

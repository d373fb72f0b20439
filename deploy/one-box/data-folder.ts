import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { ROLE_NAMES, type RoleUrls } from '../../drizzle/roles.ts';
import { makeFolders } from './make-folders.ts';
import { claimRunning, readRunning, removeRunning } from './running-file.ts';
import { StartFailure } from './start-failure.ts';
import { writeClosedFile } from './write-closed-file.ts';

const secretsSchema = v.object({
  secretKey: v.string(),
  /** Seals monitors' secrets. */
  monitorKey: v.string(),
  postgres: v.object({
    password: v.string(),
    /** 0 until the first start has found a free one. */
    port: v.number(),
    /** Where the cluster lies, seen from the data folder; not always within it (docs/operating.md). */
    folder: v.string(),
  }),
});
const formerSecretsSchema = v.object({ ...secretsSchema.entries, monitorKey: v.optional(v.string()) });
const connectionSchema = v.object(v.entriesFromList(ROLE_NAMES, v.string()));

export type Secrets = v.InferOutput<typeof secretsSchema>;

export const logsFolder = (dataDir: string) => path.join(dataDir, 'logs');
export const secretsFile = (dataDir: string) => path.join(dataDir, 'secrets.json');
export const connectionFile = (dataDir: string) => path.join(dataDir, 'connection.json');

/**
 * Makes the data folder where there is none and takes it for this process, until `removeRunning`.
 *
 * @throws StartFailure when it cannot be written, or another start has it
 */
export async function takeDataFolder(dataDir: string, publicUrl: string): Promise<void> {
  try {
    await refuseAnothers(dataDir);
    const made = await makeFolders(dataDir);
    // Root's database runs as another user, who must get through to its own folder; the files here are closed by mode.
    if (made) await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    await makeFolders(logsFolder(dataDir), 0o700);
    const other = await readRunning(dataDir);
    if (other !== undefined) {
      throw new StartFailure(
        `StatusWatch already runs on the data folder ${dataDir} (process ${other.pid}): stop it, or choose another folder with DATA_DIR.`,
      );
    }
    await removeRunning(dataDir);
    await claimRunning(dataDir, { pid: process.pid, publicUrl, ready: false, demo: false });
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(
      `The data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code ?? error}): give this user the right to, or choose another with DATA_DIR.`,
      { cause: error },
    );
  }
}

/** Started by another user, the files would change hands, and their owner could not start any more. */
async function refuseAnothers(dataDir: string): Promise<void> {
  const file = secretsFile(dataDir);
  if (!existsSync(file) || (await stat(file)).uid === (process.getuid?.() ?? 0)) return;
  throw new StartFailure(
    `The data folder ${dataDir} belongs to another user: start as that user, or choose another folder with DATA_DIR.`,
  );
}

/** The secrets of this machine: kept from the first start on, readable by their owner only. */
export async function readOrMakeSecrets(
  dataDir: string,
  placeCluster: () => Promise<string>,
): Promise<Secrets> {
  const file = secretsFile(dataDir);
  if (existsSync(file)) return keepSecrets(dataDir, JSON.parse(await readFile(file, 'utf8')));
  const secrets = {
    secretKey: makeKey(),
    monitorKey: makeKey(),
    postgres: { password: randomBytes(24).toString('base64url'), port: 0, folder: await placeCluster() },
  };
  await writeSecrets(dataDir, secrets);
  return secrets;
}

/** Those of a former release have no key for monitors' secrets: it sealed none. */
async function keepSecrets(dataDir: string, found: unknown): Promise<Secrets> {
  const { monitorKey, ...former } = v.parse(formerSecretsSchema, found);
  if (monitorKey !== undefined) return { ...former, monitorKey };
  const secrets = { ...former, monitorKey: makeKey() };
  await writeSecrets(dataDir, secrets);
  return secrets;
}

const makeKey = () => randomBytes(32).toString('base64url');

export async function writeSecrets(dataDir: string, secrets: Secrets): Promise<void> {
  await writeClosedFile(secretsFile(dataDir), secrets);
}

/** The roles' URLs of the last start; undefined before the first. */
export async function readConnection(dataDir: string): Promise<RoleUrls | undefined> {
  const file = connectionFile(dataDir);
  if (!existsSync(file)) return undefined;
  return v.parse(connectionSchema, JSON.parse(await readFile(file, 'utf8')));
}

export async function writeConnection(dataDir: string, urls: RoleUrls): Promise<void> {
  await writeClosedFile(connectionFile(dataDir), urls);
}

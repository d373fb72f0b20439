import { randomBytes } from 'node:crypto';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRoles } from '../drizzle/create-roles.ts';
import { migrate } from '../drizzle/migrate.ts';
import { readConnection, writeConnection } from './one-box/data-folder.ts';
import { passwordsOf } from './one-box/passwords-of.ts';
import { readIfThere } from './one-box/read-if-there.ts';

/** The user `node` of the image: server and prober run as it. */
const RUNS_AS = 1000;

/**
 * The step `migrate` of docker-compose.yml: makes roles with passwords of their own, brings the database up to date, and
 * leaves server and prober what they need, each in a volume that nobody else sees. It runs at each start; passwords and
 * keys stay what they were.
 *
 * @param folder has `admin/` (with the superuser's password in `postgres`), `server/` and `prober/`
 * @param host of the database, with its port
 */
async function setUp(folder: string, host: string): Promise<void> {
  const admin = path.join(folder, 'admin');
  const password = (await readFile(path.join(admin, 'postgres'), 'utf8')).trim();
  const urls = await createRoles({
    adminUrl: `postgres://postgres:${encodeURIComponent(password)}@${host}/postgres`,
    passwords: passwordsOf(await readConnection(admin)),
  });
  await writeConnection(admin, urls);
  await migrate({ ownerUrl: urls.owner });
  const monitorKey = await keptKey(path.join(admin, 'monitor-key'));
  await leave(path.join(folder, 'server'), {
    MONITOR_KEY: monitorKey,
    SECRET_KEY: await keptKey(path.join(admin, 'secret-key')),
    DATABASE_URL: urls.app,
    IDENTITY_DATABASE_URL: urls.identity,
    SYSTEM_DATABASE_URL: urls.system,
  });
  await leave(path.join(folder, 'prober'), { MONITOR_KEY: monitorKey, PROBER_DATABASE_URL: urls.prober });
}

async function keptKey(file: string): Promise<string> {
  const kept = await readIfThere(file);
  if (kept !== undefined) return kept;
  const made = randomBytes(32).toString('base64url');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

async function leave(volume: string, environment: Record<string, string>): Promise<void> {
  const file = path.join(volume, 'env');
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  await rm(file, { force: true }); // its own mode lets nobody write it
  await writeFile(file, lines.join(''), { mode: 0o400 });
  if (process.getuid?.() === 0) await chown(file, RUNS_AS, RUNS_AS);
}

const [folder, host] = process.argv.slice(2);
if (folder === undefined || host === undefined) {
  process.stderr.write('Usage: node deploy/compose-setup.ts <folder of the secrets> <database host:port>\n');
  process.exitCode = 1;
} else {
  await setUp(folder, host);
  process.stdout.write('The database is up to date.\n');
}

import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';
import { createRoles } from '../../drizzle/create-roles.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { ROLE_NAMES, type RoleName } from '../../drizzle/roles.ts';

/** The database that every test file gets a copy of: made and migrated once, as an installation makes it. */
export const TEMPLATE = 'statuswatch_template';

/** What a test file needs to know of the one Postgres of a run. */
export type DatabaseServerFacts = { adminUrl: string; passwords: Record<RoleName, string> };

export type DatabaseServer = DatabaseServerFacts & { stop: () => Promise<void> };

/** Starts a real Postgres in a folder of its own, with the roles and the migrated template; its folder goes with it. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-tests-'));
  // Postgres never runs as root: its own user has to be able to go in.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'postgres'),
    port: 0,
    password: randomBytes(18).toString('base64url'),
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300' },
  });
  const passwords = Object.fromEntries(
    ROLE_NAMES.map((name) => [name, randomBytes(18).toString('base64url')]),
  ) as Record<RoleName, string>; // fromEntries forgets which keys it was given
  const urls = await createRoles({ adminUrl: postgres.adminUrl, database: TEMPLATE, passwords });
  await migrate({ ownerUrl: urls.owner });
  return {
    adminUrl: postgres.adminUrl,
    passwords,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

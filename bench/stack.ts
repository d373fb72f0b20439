import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../deploy/one-box/embedded-postgres.ts';
import { createRoles } from '../drizzle/create-roles.ts';
import { migrate } from '../drizzle/migrate.ts';
import type { RoleUrls } from '../drizzle/roles.ts';

/** A migrated database on a Postgres of the bench's own, with the settings an installation has. */
export type Stack = {
  urls: RoleUrls;
  adminUrl: string;
  folder: string;
  /** Superuser of the database: seeds what would take hours through the API. */
  admin: pg.Pool;
  stop: () => Promise<void>;
};

export async function startStack(): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-bench-'));
  await chmod(folder, 0o755); // Postgres never runs as root: its own user has to be able to go in
  const password = randomBytes(18).toString('base64url');
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), port: 0, password });
  const urls = await createRoles({ adminUrl: postgres.adminUrl });
  await migrate({ ownerUrl: urls.owner });
  const adminUrl = new URL(postgres.adminUrl);
  adminUrl.pathname = new URL(urls.owner).pathname;
  // Kept open: to connect anew at the end of the measured time would lengthen it.
  const admin = new pg.Pool({ connectionString: adminUrl.href, max: 2, idleTimeoutMillis: 0 });
  return {
    urls,
    adminUrl: adminUrl.href,
    folder,
    admin,
    async stop() {
      // A pool is over before its connections are: Postgres may end them first, and says so.
      admin.on('error', () => {});
      await admin.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

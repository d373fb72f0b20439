import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { grantBoss, installBoss, installSender } from './install-queues.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings a database up to the newest migration, pg-boss and its queues included. Forward only, safe to run again, and
 * safe to run from several machines at once: they wait for each other.
 *
 * @param ownerUrl connects as `statuswatch_owner`
 */
export async function migrate(options: { ownerUrl: string }): Promise<void> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('statuswatch.migrate'))`);
    const insertDecisions = await installBoss(options.ownerUrl);
    await runMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
    await grantBoss(client);
    await installSender(client, insertDecisions);
    await client.query(`
      grant usage on schema drizzle to statuswatch_app, statuswatch_system;
      grant select on drizzle.__drizzle_migrations to statuswatch_app, statuswatch_system;
      grant usage on schema drizzle to statuswatch_backup;
      grant select on all tables in schema drizzle to statuswatch_backup;
    `);
  } finally {
    await client.end();
  }
}

import { createRoles } from './create-roles.ts';
import { migrate } from './migrate.ts';

/**
 * `npm run migrate`: brings `MIGRATION_DATABASE_URL` up to date. With `-- --create-roles` it first makes the database and
 * its roles through `ADMIN_DATABASE_URL`, with new passwords, and prints their URLs, once.
 */
async function run(args: string[]): Promise<void> {
  const unknown = args.filter((arg) => arg !== '--create-roles');
  if (unknown.length > 0) throw new Error(`Unknown option ${unknown[0]}. The only option is --create-roles.`);
  let ownerUrl = process.env.MIGRATION_DATABASE_URL;
  if (args.includes('--create-roles')) {
    const adminUrl = process.env.ADMIN_DATABASE_URL;
    if (!adminUrl) {
      throw new Error(
        'Set ADMIN_DATABASE_URL to a role that may create roles, then run --create-roles again.',
      );
    }
    const urls = await createRoles({ adminUrl });
    process.stdout.write(
      `These URLs are shown once. Keep them as secrets.\n\n${[
        `DATABASE_URL=${urls.app}`,
        `IDENTITY_DATABASE_URL=${urls.identity}`,
        `SYSTEM_DATABASE_URL=${urls.system}`,
        `PROBER_DATABASE_URL=${urls.prober}`,
        `MIGRATION_DATABASE_URL=${urls.owner}`,
        `# for people with psql: ${urls.ops}`,
        `# for pg_dump: ${urls.backup}`,
      ].join('\n')}\n`,
    );
    ownerUrl = urls.owner;
  }
  if (!ownerUrl) throw new Error('Set MIGRATION_DATABASE_URL to the URL of the role statuswatch_owner.');
  await migrate({ ownerUrl });
  process.stdout.write('The database is up to date.\n');
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The migration failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

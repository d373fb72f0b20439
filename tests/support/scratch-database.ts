import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { createRoles } from '../../drizzle/create-roles.ts';
import type { RoleUrls } from '../../drizzle/roles.ts';

/**
 * A database as `createRoles` makes it, with nothing in it: for tests of the migrations themselves. Roles belong to the
 * whole server, so they keep the passwords that the other test files use.
 */
export async function openEmptyDatabase(): Promise<{
  name: string;
  urls: RoleUrls;
  create: () => Promise<RoleUrls>;
}> {
  const { adminUrl, passwords } = inject('databaseServer');
  const name = `empty_${randomBytes(6).toString('hex')}`;
  const create = () => createRoles({ adminUrl, database: name, passwords });
  const urls = await create();
  afterAll(async () => {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { name, urls, create };
}

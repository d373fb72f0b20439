import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { databaseRole, ROLE_NAMES, type RoleName, type RoleUrls } from '../../drizzle/roles.ts';
import { type DatabaseServerFacts, TEMPLATE } from './database-server.ts';
import { eventually } from './eventually.ts';

export type TestDatabase = {
  name: string;
  /** One URL a role, as `createRoles` gives them. */
  urls: RoleUrls;
  /** Superuser, this database. For looking at what happened, and for breaking things. */
  adminUrl: string;
  /** Runs one statement as the superuser, whom no policy binds. */
  admin: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Runs statements as a role, on one connection that is closed afterwards. */
  as: <T>(role: RoleName, work: (client: pg.Client) => Promise<T>) => Promise<T>;
};

/**
 * A migrated database of this test file's own, gone when the file is done. A connection that is still open then fails
 * the file: somebody forgot to close a pool.
 */
export async function openDatabase(): Promise<TestDatabase> {
  const server = inject('databaseServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(`create database ${name} template ${TEMPLATE} owner ${databaseRole('owner')}`);
    // A copy has its template's tables and grants, but not the grants on the database itself.
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${ROLE_NAMES.map(databaseRole).join(', ')}`);
  });
  const adminUrl = urlOf(server, name);
  const admin = new pg.Client({ connectionString: adminUrl, application_name: 'test-admin' });
  await admin.connect();
  afterAll(async () => {
    await admin.end();
    await dropDatabase(server, name);
  });
  return {
    name,
    adminUrl,
    urls: Object.fromEntries(ROLE_NAMES.map((role) => [role, urlOf(server, name, role)])) as RoleUrls, // fromEntries forgets its keys
    admin: async (sql, values) => (await admin.query(sql, values)).rows,
    as: async (role, work) => {
      const client = new pg.Client({ connectionString: urlOf(server, name, role) });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
  };
}

async function dropDatabase(server: DatabaseServerFacts, name: string): Promise<void> {
  await asAdmin(server.adminUrl, async (client) => {
    // A session that was told to go is seen for an instant more: only one that stays was forgotten.
    const left = await eventually(async () => {
      const { rows } = await client.query<{ session: string }>(
        `select concat_ws(': ', nullif(application_name, ''), left(query, 80)) as session
            from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
        [name],
      );
      if (rows.length > 0) throw new Error(rows.map((row) => row.session).join('; '));
      return 'none';
    }, 3000).catch((error: Error) => error.message);
    await client.query(`drop database ${name} with (force)`);
    if (left !== 'none') throw new Error(`Connections were left open to the test's database: ${left}`);
  });
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: DatabaseServerFacts, database: string, role?: RoleName): string {
  const url = new URL(server.adminUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = databaseRole(role);
    url.password = server.passwords[role];
  }
  return url.toString();
}

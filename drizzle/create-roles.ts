import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { databaseRole, ROLE_NAMES, type RoleName, type RoleUrls } from './roles.ts';

/** Settings a role carries into every session, with their reasons. */
const SETTINGS: Partial<Record<RoleName, Record<string, string>>> = {
  app: { statement_timeout: '15s', idle_in_transaction_session_timeout: '15s' },
  identity: { statement_timeout: '15s', idle_in_transaction_session_timeout: '15s' },
  system: { idle_in_transaction_session_timeout: '60s' },
  // A result and the slot it closes are one commit: a crash of Postgres loses both or none, and a lost slot is checked
  // again. So the prober need not wait for the disk; `docs/decisions/0004-asynchronous-commit.md` has the figures.
  // Its statements are the same few, thousands of times, and each looks a few hundred keys up: a plan made once, that goes
  // by index. Left to itself the planner reads a schedule of 10,000 rows whole for each batch (98 µs a check against 45).
  prober: {
    synchronous_commit: 'off',
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '30s',
  },
  ops: { default_transaction_read_only: 'on' },
  backup: { default_transaction_read_only: 'on' },
};

/**
 * Makes the database and its roles, or brings existing ones to their passwords and settings; safe to run again.
 *
 * @param adminUrl a role that may create roles and databases; only this function ever uses it
 * @param passwords by role; those not given are made new
 * @returns one connection URL a role; they exist nowhere else
 */
export async function createRoles(options: {
  adminUrl: string;
  database?: string;
  passwords?: Partial<Record<RoleName, string>>;
}): Promise<RoleUrls> {
  const database = options.database ?? 'statuswatch';
  const passwords = passwordsFor(options.passwords ?? {});
  const admin = new pg.Client({ connectionString: options.adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', ['statuswatch.create-roles']);
    for (const name of ROLE_NAMES) await createRole(admin, name, passwords[name]);
    await createDatabase(admin, database);
  } finally {
    await admin.end();
  }
  await closePublicDoors(urlOf(options.adminUrl, database));
  return Object.fromEntries(
    ROLE_NAMES.map((name) => [name, urlOf(options.adminUrl, database, databaseRole(name), passwords[name])]),
  ) as RoleUrls; // fromEntries forgets which keys it was given
}

function passwordsFor(given: Partial<Record<RoleName, string>>): Record<RoleName, string> {
  return Object.fromEntries(
    ROLE_NAMES.map((name) => [name, given[name] ?? randomBytes(24).toString('base64url')]),
  ) as Record<RoleName, string>; // fromEntries forgets which keys it was given
}

async function createRole(admin: pg.Client, name: RoleName, password: string): Promise<void> {
  const role = databaseRole(name);
  const found = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  if (found.rowCount === 0) await admin.query(`create role ${role} login`);
  const bypass = name === 'backup' ? 'bypassrls' : 'nobypassrls';
  await admin.query(
    `alter role ${role} login nosuperuser nocreatedb nocreaterole noreplication ${bypass} password ${pg.escapeLiteral(password)}`,
  );
  for (const [setting, value] of Object.entries(SETTINGS[name] ?? {})) {
    await admin.query(`alter role ${role} set ${setting} = ${pg.escapeLiteral(value)}`);
  }
}

async function createDatabase(admin: pg.Client, database: string): Promise<void> {
  const found = await admin.query('select 1 from pg_database where datname = $1', [database]);
  if (found.rowCount !== 0) return;
  // A managed service's admin is no superuser: it may hand a database only to a role it belongs to.
  await admin.query(`grant ${databaseRole('owner')} to current_user`);
  await admin.query(`create database ${pg.escapeIdentifier(database)} owner ${databaseRole('owner')}`);
}

/** Takes from PUBLIC what Postgres gives it, so that a role has only what a migration grants. */
async function closePublicDoors(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ name: string }>('select current_database() as name');
    const database = pg.escapeIdentifier(rows[0]?.name ?? '');
    await admin.query(`revoke all on database ${database} from public`);
    await admin.query(
      `grant connect on database ${database} to ${ROLE_NAMES.map((name) => databaseRole(name)).join(', ')}`,
    );
    await admin.query('revoke all on schema public from public');
    await admin.query(`alter schema public owner to ${databaseRole('owner')}`);
    await admin.query(
      `grant usage on schema public to ${ROLE_NAMES.filter((name) => name !== 'owner')
        .map((name) => databaseRole(name))
        .join(', ')}`,
    );
  } finally {
    await admin.end();
  }
}

function urlOf(base: string, database: string, user?: string, password?: string): string {
  const url = new URL(base);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.toString();
}

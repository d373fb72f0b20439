import type pg from 'pg';
import type { RoleName } from '../../drizzle/roles.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { insertStatement, ROW_OF, type SeededTenant } from './two-tenants.ts';

/** SQLSTATE of a refusal, by a grant or by a policy. */
const REFUSED = '42501';

/** Of these there is one row for each thing they are about, and it is there already. */
const ONE_EACH = ['monitor_states', 'subscriptions'];

const tenantColumn = (table: string) => (table === 'tenants' ? 'id' : 'tenant_id');

/**
 * What a role that works for `ours` can do with the rows of `theirs`, in a sentence each: none, as long as row-level
 * security holds. Every attempt is rolled back.
 */
export async function isolationProblems(
  database: TestDatabase,
  role: RoleName,
  ours: SeededTenant,
  theirs: SeededTenant,
): Promise<string[]> {
  return database.as(role, async (client) => {
    const problems: string[] = [];
    for (const table of Object.keys(ROW_OF)) {
      const column = tenantColumn(table);
      const may = await privilegesOn(client, table);
      const attempt = async (text: string, values: unknown[]) =>
        attemptAs(client, ours.tenantId, text, values);

      if (may.select) {
        const seen = await attempt(`select 1 from ${table} where ${column} = $1`, [theirs.tenantId]);
        if (seen !== 0) problems.push(`${role} reads ${table} of another organization`);
        const nobody = await attemptAs(client, null, `select 1 from ${table}`, []);
        if (nobody !== 0) problems.push(`${role} reads ${table} without an organization`);
      }
      if (may.insert) {
        const { text, values } = insertStatement(table, ROW_OF[table]?.(theirs, 1) ?? {});
        if ((await attempt(text, values)) !== 'refused') {
          problems.push(`${role} writes ${table} for another organization`);
        }
      }
      const [updatable] = may.update;
      if (updatable !== undefined) {
        const text = `update ${table} set ${updatable} = ${updatable} where ${column} = $1`;
        if ((await attempt(text, [theirs.tenantId])) !== 0) {
          problems.push(`${role} changes ${table} of another organization`);
        }
      }
      if (may.update.includes(column)) {
        const text = `update ${table} set ${column} = $1 where ${column} = $2`;
        if ((await attempt(text, [theirs.tenantId, ours.tenantId])) !== 'refused') {
          problems.push(`${role} gives rows of ${table} to another organization`);
        }
      }
      if (may.delete) {
        const text = `delete from ${table} where ${column} = $1`;
        if ((await attempt(text, [theirs.tenantId])) !== 0) {
          problems.push(`${role} deletes from ${table} of another organization`);
        }
      }
    }
    return problems;
  });
}

/** What a role cannot do with its own organization's rows although it must: nothing, as long as it can work. */
export async function ownWorkProblems(database: TestDatabase, ours: SeededTenant): Promise<string[]> {
  return database.as('app', async (client) => {
    const problems: string[] = [];
    for (const table of Object.keys(ROW_OF)) {
      const column = tenantColumn(table);
      const may = await privilegesOn(client, table);
      const attempt = async (text: string, values: unknown[]) =>
        attemptAs(client, ours.tenantId, text, values);
      const seen = await attempt(`select 1 from ${table} where ${column} = $1`, [ours.tenantId]);
      if (seen !== 1) problems.push(`app sees ${seen} rows of its own ${table}`);
      if (may.insert && !ONE_EACH.includes(table)) {
        const { text, values } = insertStatement(table, ROW_OF[table]?.(ours, 1) ?? {});
        if ((await attempt(text, values)) !== 1) problems.push(`app cannot write its own ${table}`);
      }
      const [updatable] = may.update;
      if (updatable !== undefined) {
        const text = `update ${table} set ${updatable} = ${updatable} where ${column} = $1`;
        if ((await attempt(text, [ours.tenantId])) !== 1) problems.push(`app cannot change its own ${table}`);
      }
      if (may.delete) {
        const deleted = await attempt(`delete from ${table} where ${column} = $1`, [ours.tenantId]);
        if (deleted !== 1) problems.push(`app cannot delete its own ${table}`);
      }
    }
    return problems;
  });
}

type Privileges = { select: boolean; insert: boolean; delete: boolean; update: string[] };

async function privilegesOn(client: pg.Client, table: string): Promise<Privileges> {
  const { rows } = await client.query<Privileges>(
    `select has_table_privilege($1, 'select') as select, has_table_privilege($1, 'insert') as insert,
      has_table_privilege($1, 'delete') as delete,
      array(select attname::text from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
        and has_column_privilege($1, attnum, 'update') order by attname) as update`,
    [table],
  );
  return rows[0] ?? { select: false, insert: false, delete: false, update: [] };
}

/** Tries a statement for an organization and takes it back. @returns the rows it touched, or how it ended */
async function attemptAs(
  client: pg.Client,
  tenantId: string | null,
  text: string,
  values: unknown[],
): Promise<number | 'refused' | 'failed'> {
  await client.query(tenantId === null ? 'begin' : `begin; set local app.tenant_id = '${tenantId}'`);
  try {
    return (await client.query(text, values)).rowCount ?? 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.code === REFUSED ? 'refused' : 'failed';
    throw error;
  } finally {
    await client.query('rollback');
  }
}

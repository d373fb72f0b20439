import { sql } from 'drizzle-orm';
import { pgPolicy } from 'drizzle-orm/pg-core';
import { CROSS_TENANT_ACCESS } from './cross-tenant-access.ts';
import { appRole, databaseRole, identityRole } from './roles.ts';

type TableName = (typeof CROSS_TENANT_ACCESS)[number]['table'];

/**
 * The organization a transaction works for. `nullif`: after its first transaction-local use the setting is '', not null.
 * No sub-select around it: a distributed Postgres refuses one in a policy.
 */
export const CURRENT_TENANT = `nullif(current_setting('app.tenant_id', true), '')::uuid`;

/** The policy of every tenant table: rows of the current organization, to read and to write, and no others. */
export function tenantPolicy(column = 'tenant_id') {
  const own = sql.raw(`${column} = ${CURRENT_TENANT}`);
  return pgPolicy('tenant_isolation', {
    for: 'all',
    to: [appRole, identityRole],
    using: own,
    withCheck: own,
  });
}

/** The policies that the closed list grants on one table. */
export function crossTenantPolicies(table: TableName) {
  return CROSS_TENANT_ACCESS.filter((access) => access.table === table).map((access) =>
    pgPolicy(`cross_tenant_${access.role}`, {
      for: access.command,
      to: databaseRole(access.role),
      using: sql`true`,
      ...(access.command === 'all' ? { withCheck: sql`true` } : {}),
    }),
  );
}

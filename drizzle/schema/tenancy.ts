import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { PlanName } from '../../shared/billing/plans.ts';
import type { Role } from '../../shared/tenancy/role.ts';
import { crossTenantPolicies, tenantPolicy } from '../tenant-policy.ts';
import { users } from './accounts.ts';

/** Organizations. Global, since names and slugs are unique over all; a row is seen by its own organization only. */
export const tenants = pgTable(
  'tenants',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    /** `organizationNameKey(name)`: what makes two names the same. */
    nameKey: text('name_key').notNull().unique('tenants_name_key'),
    slug: text().notNull().unique('tenants_slug'),
    plan: text().$type<PlanName>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [
    check('tenants_plan', sql`plan in ('free', 'pro')`),
    tenantPolicy('id'),
    ...crossTenantPolicies('tenants'),
  ],
);

/** Who belongs to an organization. Name and email are copies, so that tenant code never reads `users`. */
export const members = pgTable(
  'members',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index('members_user').on(table.userId),
    check('members_role', sql`role in ('owner', 'admin', 'member', 'viewer')`),
    tenantPolicy(),
    ...crossTenantPolicies('members'),
  ],
);

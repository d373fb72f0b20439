import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    /** When it last came to another plan; null: it has the one it was made with. */
    planChangedAt: timestamp('plan_changed_at', { withTimezone: true }),
    /** When it is deleted for good; null: nobody has asked for that. */
    removesAt: timestamp('removes_at', { withTimezone: true }),
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

/** Who was asked to join, and has not answered yet. Answered, withdrawn or replaced, a row is gone. */
export const invitations = pgTable(
  'invitations',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    id: uuid().notNull().defaultRandom(),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    /** Who invited, called as they were then: a person may have left. */
    invitedBy: uuid('invited_by').notNull(),
    invitedByName: text('invited_by_name').notNull(),
    /** SHA-256 of the token in the last mail; null until that is sent. */
    tokenHash: text('token_hash'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('invitations_email').on(table.tenantId, table.email),
    index('invitations_token').on(table.tokenHash),
    check('invitations_role', sql`role in ('owner', 'admin', 'member', 'viewer')`),
    tenantPolicy(),
    ...crossTenantPolicies('invitations'),
  ],
);

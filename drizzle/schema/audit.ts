import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { ActorKind, AuditAction, AuditFields } from '../../shared/audit/audit-entry.ts';
import { tenantPolicy } from '../tenant-policy.ts';
import { tenants } from './tenancy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Who did what in an organization, when, from where. Append-only: nobody has the right to change or delete a row. */
export const auditLog = pgTable(
  'audit_log',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    id: uuid().notNull().defaultRandom(),
    at: instant('at').notNull().defaultNow(),
    /** Who: a person (`user`), a program with a key, or the system by itself. */
    actorKind: text('actor_kind').$type<ActorKind>().notNull(),
    actorId: uuid('actor_id'),
    /** As they were called then: who left is still named. */
    actorName: text('actor_name'),
    /** Stable: `region.left`, `monitor.updated`, ... */
    action: text().$type<AuditAction>().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id'),
    subjectName: text('subject_name'),
    before: jsonb().$type<AuditFields>(),
    after: jsonb().$type<AuditFields>(),
    /** The address the request came from. */
    address: text(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('audit_log_at').on(table.tenantId, table.at, table.id),
    // Of whom there are entries is asked with each look at the log: read one by one, whoever wrote how many.
    index('audit_log_actor').on(table.tenantId, table.actorId, table.at, table.id),
    tenantPolicy(),
  ],
);

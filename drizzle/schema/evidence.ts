import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import type { CertificateRecord, ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import type { TriedCheck } from '../../shared/monitoring/try-monitor.ts';
import { bytes } from '../bytes.ts';
import { crossTenantPolicies, tenantPolicy } from '../tenant-policy.ts';
import { monitors } from './monitoring.ts';
import { tenants } from './tenancy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * What a check sent and got, of those a decision may rest on: where a region's outcome turned, verifications, and the
 * newest failure of each region. The decision ties them to its change; what belongs to none is swept after a day.
 */
export const checkEvidence = pgTable(
  'check_evidence',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    slotAt: instant('slot_at').notNull(),
    region: text().notNull(),
    checkedAt: instant('checked_at').notNull(),
    verification: boolean().notNull(),
    /** How many results in a row its region had found the same, this one included. */
    streak: integer().notNull().default(1),
    finding: jsonb().$type<CheckFinding>().notNull(),
    exchange: jsonb().$type<ExchangeRecord>(),
    /** The change of state it counted towards. */
    stateChangeId: uuid('state_change_id'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.slotAt, table.region] }),
    index('check_evidence_change').on(table.tenantId, table.stateChangeId),
    index('check_evidence_loose')
      .on(table.tenantId, table.monitorId, table.region, table.slotAt)
      .where(sql`state_change_id is null`),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
    ...crossTenantPolicies('check_evidence'),
  ],
);

/** The certificate each region saw last. Written when it is another one, and once in a while to say it is still there. */
export const monitorCertificates = pgTable(
  'monitor_certificates',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    region: text().notNull(),
    certificate: jsonb().$type<CertificateRecord>().notNull(),
    validTo: instant('valid_to').notNull(),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.region] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
    ...crossTenantPolicies('monitor_certificates'),
  ],
);

/**
 * A draft that a person wants tried, and what a prober found. The draft is sealed: it may hold secrets that nothing else
 * keeps. Rows go once they were read, or after some minutes.
 */
export const checkRequests = pgTable(
  'check_requests',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    id: uuid().notNull().defaultRandom(),
    region: text().notNull(),
    /** A `CheckSpec`, AES-256-GCM under `MONITOR_KEY`. */
    sealedSpec: bytes('sealed_spec').notNull(),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    /** The instance that makes it. */
    takenBy: integer('taken_by'),
    answer: jsonb().$type<Omit<TriedCheck, 'region'>>(),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('check_requests_open').on(table.region, table.requestedAt),
    tenantPolicy(),
    ...crossTenantPolicies('check_requests'),
  ],
);

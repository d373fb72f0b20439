import {
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes } from '../bytes.ts';
import { tenantPolicy } from '../tenant-policy.ts';
import { monitors } from './monitoring.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
/**
 * Results older than a day: those of one monitor, region and hour in one row, as `shared/monitoring/packed-results.ts`
 * writes them. A result stands here or in check_results; one that stands in both is the same one, and this one counts.
 */
export const packedResults = pgTable(
  'packed_results',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    hourAt: instant('hour_at').notNull(),
    region: text().notNull(),
    /** Which outcomes are in it, as bits: who looks for failures opens no hour without one. */
    outcomes: smallint().notNull(),
    results: bytes().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.hourAt, table.region] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
  ],
);

/**
 * What remains of results for two years. Counts and latencies leave verifications out, which come in bursts; latencies
 * are over checks that got an answer, null where none did. Seconds are of the monitor's state, not of single checks.
 */
const rollupColumns = {
  up: integer().notNull(),
  degraded: integer().notNull(),
  down: integer().notNull(),
  void: integer().notNull(),
  upSeconds: real('up_seconds').notNull(),
  degradedSeconds: real('degraded_seconds').notNull(),
  downSeconds: real('down_seconds').notNull(),
  /** Unknown, paused, maintenance, pending. */
  excludedSeconds: real('excluded_seconds').notNull(),
  p50Ms: real('p50_ms'),
  p95Ms: real('p95_ms'),
  p99Ms: real('p99_ms'),
  /** Means of the phases, one not reached counting as nothing, so that stacked they make the mean total. */
  dnsMs: real('dns_ms'),
  connectMs: real('connect_ms'),
  tlsMs: real('tls_ms'),
  firstByteMs: real('first_byte_ms'),
  transferMs: real('transfer_ms'),
  /** The distribution of total latency, as `latency-digest.ts` writes it: digests of any stretches add up. */
  digest: bytes().notNull(),
};

/** One hour of a monitor, all its regions together. Made with the packs of the hour, and again when a late result joins them. */
export const hourlyRollups = pgTable(
  'hourly_rollups',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    hourAt: instant('hour_at').notNull(),
    ...rollupColumns,
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.hourAt] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
  ],
);

/** One UTC day of a monitor, from its hours: percentiles here come from the digests, within half a percent. */
export const dailyRollups = pgTable(
  'daily_rollups',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    dayAt: instant('day_at').notNull(),
    ...rollupColumns,
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.dayAt] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
  ],
);

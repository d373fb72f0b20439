import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  serial,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Outcome } from '../../shared/checks/outcome.ts';
import type { ResultCode } from '../../shared/checks/result-code.ts';
import { crossTenantPolicies, tenantPolicy } from '../tenant-policy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * What is due where: one row per monitor and region, and beside it one marked `verification` while an off-grid check
 * is wanted. Narrow, since each check updates it twice. No foreign key to monitors: a distributed Postgres keeps
 * this table on one machine, and there such a key is refused; who deletes a monitor deletes its rows with it.
 */
export const checkSchedule = pgTable(
  'check_schedule',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    region: text().notNull(),
    verification: boolean().notNull(),
    /** The slot. On the grid for a scheduled check, but for a monitor's first, which is due at once. */
    dueAt: instant('due_at').notNull(),
    intervalSeconds: integer('interval_seconds').notNull(),
    /** Where in the interval the grid lies; spreads monitors so that nothing bursts at the minute. */
    phaseMs: integer('phase_ms').notNull(),
    timeoutMs: integer('timeout_ms').notNull(),
    /** The instance that holds the lease, and until when; null when free. */
    leasedBy: integer('leased_by'),
    leaseUntil: instant('lease_until'),
    /** The first slot of a silence that a decision already knows of: nobody asks about it again. */
    overdueNotedAt: instant('overdue_noted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.region, table.verification] }),
    index('check_schedule_due').on(table.region, table.dueAt),
    tenantPolicy(),
    ...crossTenantPolicies('check_schedule'),
  ],
);

/**
 * Every result, partitioned by day of its slot. The key is what makes a replay harmless: one result for a slot.
 * A migration adds the `partition by`, which this description cannot say.
 */
export const checkResults = pgTable(
  'check_results',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    slotAt: instant('slot_at').notNull(),
    region: text().notNull(),
    checkedAt: instant('checked_at').notNull(),
    verification: boolean().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    code: text().$type<ResultCode>().notNull(),
    reason: text(),
    statusCode: smallint('status_code'),
    dnsMs: real('dns_ms'),
    connectMs: real('connect_ms'),
    tlsMs: real('tls_ms'),
    firstByteMs: real('first_byte_ms'),
    transferMs: real('transfer_ms'),
    totalMs: real('total_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.slotAt, table.region] }),
    tenantPolicy(),
    ...crossTenantPolicies('check_results'),
  ],
);

/** Every prober process that ever ran here; its advisory lock, not this row, says whether it lives. Global. */
export const proberInstances = pgTable(
  'prober_instances',
  {
    id: serial().primaryKey(),
    region: text().notNull(),
    version: text().notNull(),
    host: text().notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    /** 99th percentile of how late checks began, since the last heartbeat, in milliseconds. */
    latenessP99Ms: real('lateness_p99_ms'),
    checksRunning: integer('checks_running').notNull().default(0),
    /** Share of one processor core it used between its last two heartbeats. */
    cpuRatio: real('cpu_ratio'),
    memoryMib: integer('memory_mib'),
    /** How many checks it made since it started, by outcome. */
    checksUp: bigint('checks_up', { mode: 'number' }).notNull().default(0),
    checksDegraded: bigint('checks_degraded', { mode: 'number' }).notNull().default(0),
    checksDown: bigint('checks_down', { mode: 'number' }).notNull().default(0),
    checksVoid: bigint('checks_void', { mode: 'number' }).notNull().default(0),
  },
  (table) => [index('prober_instances_region').on(table.region, table.lastSeenAt)],
);

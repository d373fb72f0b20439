import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { HttpSettings } from '../../shared/checks/http-spec-input.ts';
import type { Outcome } from '../../shared/checks/outcome.ts';
import type { ResultCode } from '../../shared/checks/result-code.ts';
import type { MonitorKind } from '../../shared/monitoring/monitor-kind.ts';
import type { MonitorState } from '../../shared/monitoring/monitor-state.ts';
import type { BeforePlan } from '../../shared/monitoring/plan-settings.ts';
import type { DecisionGrounds } from '../../shared/monitoring/state-change.ts';
import { bytes } from '../bytes.ts';
import { crossTenantPolicies, tenantPolicy } from '../tenant-policy.ts';
import { tenants } from './tenancy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** One thing watched. */
export const monitors = pgTable(
  'monitors',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    id: uuid().notNull().defaultRandom(),
    name: text().notNull(),
    kind: text().$type<MonitorKind>().notNull(),
    target: text().notNull(),
    /** Without its secrets, and without the body. */
    http: jsonb().$type<HttpSettings>().notNull(),
    /** The secrets of `http` (`HttpSecrets`), AES-256-GCM under `MONITOR_KEY`; null when it has none. */
    sealed: bytes(),
    /** Which key sealed it, so that a rotation finds what is left to do. */
    sealedWith: text('sealed_with'),
    assertions: jsonb().$type<Assertion[]>().notNull(),
    intervalSeconds: integer('interval_seconds').notNull(),
    timeoutMs: integer('timeout_ms').notNull(),
    retries: integer().notNull(),
    retryDelaySeconds: integer('retry_delay_seconds').notNull(),
    recovery: integer().notNull(),
    degradedAfterMs: integer('degraded_after_ms'),
    certificateDays: integer('certificate_days'),
    /** How many regions must agree; null: more than half of those that are not silent. */
    quorum: integer(),
    flapChanges: integer('flap_changes').notNull().default(4),
    flapWindowMinutes: integer('flap_window_minutes').notNull().default(15),
    flapQuietMinutes: integer('flap_quiet_minutes').notNull().default(5),
    regions: text().array().notNull(),
    /** What it had on Pro of what Free does not allow, to be given back with Pro; null when nothing was taken. */
    beforePlan: jsonb('before_plan').$type<BeforePlan>(),
    tags: text().array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('monitors_target').on(
      table.tenantId,
      table.kind,
      sql`(${table.http} ->> 'method')`,
      table.target,
    ),
    index('monitors_name').on(table.tenantId, sql`lower(${table.name})`),
    tenantPolicy(),
    ...crossTenantPolicies('monitors'),
  ],
);

/** The state of each monitor, and how far a suspicion has got: `decideMonitorState` reads and returns it. */
export const monitorStates = pgTable(
  'monitor_states',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    state: text().$type<MonitorState>().notNull(),
    since: instant('since').notNull(),
    reason: text(),
    code: text(),
    /** Why it is paused, where nobody of the organization paused it: what is over lets it go on. */
    pausedFor: text('paused_for').$type<'removal' | 'plan'>(),
    suspectSince: instant('suspect_since'),
    verificationRound: integer('verification_round').notNull().default(0),
    /** Since when the state is held since it flaps. */
    flappingSince: instant('flapping_since'),
    /** When to decide anew although nothing may have come in: the quiet that ends a flapping comes without a result. */
    decideAt: instant('decide_at'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    index('monitor_states_decide').on(table.decideAt).where(sql`decide_at is not null`),
    tenantPolicy(),
    ...crossTenantPolicies('monitor_states'),
  ],
);

/** What each region found last. Written with every result, so its columns stay out of every index but the key. */
export const regionOutcomes = pgTable(
  'region_outcomes',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    region: text().notNull(),
    /** Null: none yet, or none that still counts (after a pause, an edit, a silence). */
    outcome: text().$type<Outcome>(),
    /** How many results in a row had this outcome. */
    streak: integer().notNull().default(0),
    lastSlotAt: instant('last_slot_at'),
    /** The slot at which its outcome last became another. */
    turnedAt: instant('turned_at'),
    /** The first slot since the last that counts for which the prober was cut off; null when there is none. */
    voidSince: instant('void_since'),
    lastCheckedAt: instant('last_checked_at'),
    code: text().$type<ResultCode>(),
    reason: text(),
    latencyMs: real('latency_ms'),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.region] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
    ...crossTenantPolicies('region_outcomes'),
  ],
);

/** Every change of state, once: incidents and alerts are made from these rows. */
export const stateChanges = pgTable(
  'state_changes',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid().notNull().defaultRandom(),
    monitorId: uuid('monitor_id').notNull(),
    at: instant('at').notNull(),
    fromState: text('from_state').$type<MonitorState>().notNull(),
    toState: text('to_state').$type<MonitorState>().notNull(),
    reason: text(),
    code: text(),
    /** This change began the flapping, or is its one notice. */
    flapping: boolean().notNull().default(false),
    /** The rule in force and what each region had said: why the decision fell. */
    grounds: jsonb().$type<DecisionGrounds>(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('state_changes_monitor').on(table.tenantId, table.monitorId, table.at),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    tenantPolicy(),
  ],
);

/** State as spans: uptime is a sum of their lengths. The open span has no end. */
export const stateSpans = pgTable(
  'state_spans',
  {
    tenantId: uuid('tenant_id').notNull(),
    monitorId: uuid('monitor_id').notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at'),
    state: text().$type<MonitorState>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId, table.fromAt] }),
    foreignKey({
      columns: [table.tenantId, table.monitorId],
      foreignColumns: [monitors.tenantId, monitors.id],
    }).onDelete('cascade'),
    check('state_spans_order', sql`to_at is null or to_at > from_at`),
    tenantPolicy(),
  ],
);

/** What was deleted lately, so that an open page that was away hears of it. Swept after a day. */
export const monitorRemovals = pgTable(
  'monitor_removals',
  {
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    monitorId: uuid('monitor_id').notNull(),
    removedAt: instant('removed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.monitorId] }),
    index('monitor_removals_at').on(table.tenantId, table.removedAt),
    tenantPolicy(),
  ],
);

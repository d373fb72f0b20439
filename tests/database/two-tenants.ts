import { randomUUID } from 'node:crypto';
import { LatencyDigest } from '../../server/domains/monitoring/latency-digest.ts';
import { HOUR_MS, packResults } from '../../shared/monitoring/packed-results.ts';
import type { TestDatabase } from '../support/test-database.ts';

export type Row = Record<string, unknown>;
export type SeededTenant = { tenantId: string; userId: string; monitorId: string };

const KEPT = '2000-01-01T00:00:00Z';
const hourOf = (turn: number) => new Date(Date.parse(KEPT) + turn * HOUR_MS).toISOString();
const EMPTY_ROLLUP = {
  up: 0,
  degraded: 0,
  down: 0,
  void: 0,
  up_seconds: 0,
  degraded_seconds: 0,
  down_seconds: 0,
  excluded_seconds: 3600,
  digest: Buffer.from(new LatencyDigest().toBytes()),
};

/**
 * A row of each tenant table for an organization; another `turn` makes another row. A tenant table that is missing here
 * fails the isolation test, which would otherwise prove nothing about it.
 */
export const ROW_OF: Record<string, (tenant: SeededTenant, turn: number) => Row> = {
  tenants: ({ tenantId }, turn) => {
    const id = turn === 0 ? tenantId : randomUUID();
    return { id, name: `Organization ${id}`, name_key: `organization ${id}`, slug: `o-${id}`, plan: 'pro' };
  },
  members: ({ tenantId, userId }) => ({
    tenant_id: tenantId,
    user_id: userId,
    role: 'owner',
    name: 'Alice',
    email: 'alice@acme.example',
  }),
  invitations: ({ tenantId, userId }, turn) => ({
    tenant_id: tenantId,
    id: randomUUID(),
    email: `invited-${turn}@acme.example`,
    role: 'member',
    invited_by: userId,
    invited_by_name: 'Alice',
    expires_at: KEPT,
  }),
  monitors: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    id: turn === 0 ? monitorId : randomUUID(),
    name: 'Shop',
    kind: 'http',
    target: `https://shop.example/${turn}`,
    http: { method: 'GET', headers: {}, body: null, followRedirects: true },
    assertions: '[]',
    interval_seconds: 60,
    timeout_ms: 10_000,
    retries: 1,
    retry_delay_seconds: 5,
    recovery: 1,
    regions: ['local'],
    tags: [],
  }),
  monitor_states: ({ tenantId, monitorId }) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    state: 'up',
    since: KEPT,
  }),
  region_outcomes: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    region: `region-${turn}`,
  }),
  state_changes: ({ tenantId, monitorId }) => ({
    tenant_id: tenantId,
    id: randomUUID(),
    monitor_id: monitorId,
    at: KEPT,
    from_state: 'pending',
    to_state: 'up',
  }),
  state_spans: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    from_at: new Date(Date.parse(KEPT) + turn * 1000).toISOString(),
    state: 'up',
  }),
  monitor_removals: ({ tenantId }) => ({ tenant_id: tenantId, monitor_id: randomUUID() }),
  check_schedule: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    region: `region-${turn}`,
    verification: false,
    due_at: KEPT,
    interval_seconds: 60,
    phase_ms: 0,
    timeout_ms: 10_000,
  }),
  check_results: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    slot_at: new Date(Math.floor(Date.now() / 1000) * 1000 - turn * 60_000).toISOString(),
    region: 'local',
    checked_at: new Date().toISOString(),
    verification: false,
    outcome: 'up',
    code: 'ok',
    total_ms: 12.5,
  }),
  packed_results: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    hour_at: hourOf(turn),
    region: 'local',
    outcomes: 1,
    results: Buffer.from(packResults(Date.parse(hourOf(turn)), [])),
  }),
  hourly_rollups: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    hour_at: hourOf(turn),
    ...EMPTY_ROLLUP,
  }),
  daily_rollups: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    day_at: new Date(Date.parse(KEPT) + turn * 86_400_000).toISOString(),
    ...EMPTY_ROLLUP,
  }),
  check_evidence: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    slot_at: hourOf(turn),
    region: 'local',
    checked_at: hourOf(turn),
    verification: false,
    finding: '{}',
  }),
  monitor_certificates: ({ tenantId, monitorId }, turn) => ({
    tenant_id: tenantId,
    monitor_id: monitorId,
    region: `region-${turn}`,
    certificate: '{}',
    valid_to: KEPT,
    first_seen_at: KEPT,
    last_seen_at: KEPT,
  }),
  check_requests: ({ tenantId }) => ({
    tenant_id: tenantId,
    id: randomUUID(),
    region: 'local',
    sealed_spec: Buffer.from('sealed'),
  }),
  subscriptions: ({ tenantId }) => ({ tenant_id: tenantId, stripe_customer_id: `cus_${randomUUID()}` }),
  audit_log: ({ tenantId }) => ({
    tenant_id: tenantId,
    id: randomUUID(),
    actor_kind: 'system',
    action: 'region.left',
    subject_kind: 'region',
  }),
};

export function insertStatement(table: string, row: Row): { text: string; values: unknown[] } {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    text: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    values: Object.values(row),
  };
}

/** Two organizations, each with a row in every tenant table. */
export async function seedTwoTenants(database: TestDatabase): Promise<[SeededTenant, SeededTenant]> {
  const seedOne = async (): Promise<SeededTenant> => {
    const tenant = { tenantId: randomUUID(), userId: randomUUID(), monitorId: randomUUID() };
    await database.admin('insert into users (id, email, name) values ($1, $2, $3)', [
      tenant.userId,
      `${tenant.userId}@acme.example`,
      'Alice',
    ]);
    for (const [table, rowOf] of Object.entries(ROW_OF)) {
      const { text, values } = insertStatement(table, rowOf(tenant, 0));
      await database.admin(text, values);
    }
    return tenant;
  };
  return [await seedOne(), await seedOne()];
}

import { randomUUID } from 'node:crypto';
import type { TenantName } from '../../shared/tenancy/identity.ts';
import type { TestDatabase } from './test-database.ts';

export type FilledMonitor = {
  name?: string;
  target?: string;
  state?: string;
  tags?: string[];
  /** Of the newest result; absent: none yet. */
  latencyMs?: number;
  /** Of the last 24 hours, 0 to 1; absent: not watched. */
  uptime?: number;
  createdAt?: Date;
};

/** Writes monitors straight into the tables, for tests that need many of them or a past. @returns their ids, in order */
export async function fillMonitors(
  database: Pick<TestDatabase, 'admin'>,
  tenant: TenantName,
  monitors: FilledMonitor[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, monitor] of monitors.entries()) {
    const id = randomUUID();
    ids.push(id);
    const created = monitor.createdAt ?? new Date(Date.now() - 3 * 86_400_000 + index * 1000);
    const state = monitor.state ?? 'up';
    await database.admin(
      `insert into monitors (tenant_id, id, name, kind, target, http, assertions, interval_seconds, timeout_ms, retries,
        retry_delay_seconds, recovery, regions, tags, created_at)
      values ($1, $2, $3, 'http', $4, '{"method":"GET","headers":{},"body":null,"followRedirects":true}', '[]', 60, 10000, 1, 5, 1,
        '{local}', $5, $6)`,
      [
        tenant.id,
        id,
        monitor.name ?? `Monitor ${index}`,
        monitor.target ?? `https://example.com/${id}`,
        monitor.tags ?? [],
        created,
      ],
    );
    await database.admin(
      `insert into monitor_states (tenant_id, monitor_id, state, since) values ($1, $2, $3, $4)`,
      [tenant.id, id, state, created],
    );
    await database.admin(
      `insert into region_outcomes (tenant_id, monitor_id, region, outcome, streak, latency_ms, last_checked_at, last_slot_at)
        values ($1, $2, 'local', $3, $4, $5, $6, $6)`,
      [
        tenant.id,
        id,
        monitor.latencyMs === undefined ? null : 'up',
        monitor.latencyMs === undefined ? 0 : 1,
        monitor.latencyMs ?? null,
        monitor.latencyMs === undefined ? null : new Date(),
      ],
    );
    if (monitor.uptime !== undefined) await fillUptime(database, tenant, id, monitor.uptime);
  }
  return ids;
}

/** Spans of the last two days such that the last 24 hours come to this share. */
async function fillUptime(
  database: Pick<TestDatabase, 'admin'>,
  tenant: TenantName,
  id: string,
  uptime: number,
): Promise<void> {
  const day = 86_400_000;
  const turn = new Date(Date.now() - day * (1 - uptime));
  const spans: [from: Date, to: Date | null, state: string][] =
    uptime === 1
      ? [[new Date(Date.now() - 2 * day), null, 'up']]
      : [
          [new Date(Date.now() - 2 * day), turn, 'up'],
          [turn, null, 'down'],
        ];
  for (const [from, to, state] of spans) {
    await database.admin(
      'insert into state_spans (tenant_id, monitor_id, from_at, to_at, state) values ($1, $2, $3, $4, $5)',
      [tenant.id, id, from, to, state],
    );
  }
}

import type { TestDatabase } from './test-database.ts';

export type PastResult = {
  slotAt: Date;
  region?: string;
  outcome?: 'up' | 'degraded' | 'down' | 'void';
  verification?: boolean;
  totalMs?: number;
};

/** What `recordPast` writes for a slot that was answered, from the name's lookup to the last byte. */
const pastPhases = (slotAt: Date) => {
  const vary = Math.floor(slotAt.getTime() / 1000) % 97;
  return [1.11 + vary / 100, 9.5, 12.25, 30 + vary, 0.4];
};

/** The latency of a slot that was answered, in ms, where none was given. */
export const pastLatencyMs = (slotAt: Date) =>
  Math.round(pastPhases(slotAt).reduce((total, phase) => total + phase, 0) * 100) / 100;

const CODES = { up: 'ok', degraded: 'slow', down: 'timeout', void: 'prober_offline' };

/**
 * Writes results of the past, by the role that records results, as one of these would have been found: latencies vary,
 * failures have a reason and reach no further than the connection.
 */
export async function recordPast(
  database: TestDatabase,
  monitor: { tenantId: string; monitorId: string },
  results: readonly PastResult[],
): Promise<void> {
  const days = [...new Set(results.map(({ slotAt }) => slotAt.toISOString().slice(0, 10)))].sort();
  await database.admin('select ops.ensure_partitions($1, $2)', [days[0], days.at(-1)]);
  const rows = results.map(({ slotAt, region = 'local', outcome = 'up', verification = false, totalMs }) => {
    const answered = outcome === 'up' || outcome === 'degraded';
    const vary = Math.floor(slotAt.getTime() / 1000) % 97;
    const phases = answered ? pastPhases(slotAt) : [0.9, null, null, null, null];
    return {
      tenant_id: monitor.tenantId,
      monitor_id: monitor.monitorId,
      slot_at: slotAt,
      region,
      checked_at: new Date(slotAt.getTime() + 2),
      verification,
      outcome,
      code: CODES[outcome],
      reason: outcome === 'up' ? null : `It was ${outcome}, for the ${vary}th time.`,
      status_code: answered ? 200 : null,
      dns_ms: phases[0],
      connect_ms: phases[1],
      tls_ms: phases[2],
      first_byte_ms: phases[3],
      transfer_ms: phases[4],
      total_ms: totalMs ?? (answered ? pastLatencyMs(slotAt) : 0.9),
    };
  });
  await database.as('prober', (client) =>
    client.query(
      'insert into check_results select * from jsonb_populate_recordset(null::check_results, $1) on conflict do nothing',
      [JSON.stringify(rows)],
    ),
  );
}

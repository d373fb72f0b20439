import pg from 'pg';
import { tenantOf } from '../server/database/tenant.ts';
import { keepHistory } from '../server/domains/monitoring/keep-history.ts';
import type { Figure } from './figure.ts';
import { benchRing } from './monitor-key.ts';
import { seedMonitors } from './seed-monitors.ts';
import { type Stack, startStack } from './stack.ts';

const DAYS = 2;
const HOUR_MS = 3_600_000;
/** As the schedule packs: a few hours of each monitor at a time, which fills pages and index less well than all at once. */
const HOURS_A_RUN = 6;

/**
 * How many bytes a check takes, and how long it takes to pack it: two days of monitors in the region `fra`, with latencies
 * that vary as those of real hosts do (log-normal, each phase by itself), one check in 500 failing and one in 100 slow.
 */
export async function packedHistory(): Promise<Figure[]> {
  const stack = await startStack();
  try {
    const minute = await measure(stack, { intervalSeconds: 60, monitors: 100 });
    const tenSeconds = await measure(stack, { intervalSeconds: 10, monitors: 20 });
    return [
      {
        question: 'a check before it is packed, with row and index',
        value: minute.rawBytes,
        unit: 'bytes',
      },
      {
        question: 'a packed check, with row and index, every 60 s',
        value: minute.packedBytes,
        unit: 'bytes',
        target: { most: 20 },
      },
      {
        question: 'a packed check, with row and index, every 10 s',
        value: tenSeconds.packedBytes,
        unit: 'bytes',
        target: { most: 20 },
      },
      {
        question: 'rollups of an hour, with their rows and index, by check every 60 s',
        value: minute.rollupBytes,
        unit: 'bytes',
        note: `kept for two years; every 10 s: ${tenSeconds.rollupBytes}`,
      },
      {
        question: 'the packs alone, every 60 s',
        value: minute.packBytes,
        unit: 'bytes',
        note: `every 10 s: ${tenSeconds.packBytes}`,
      },
      {
        question: 'the digest of an hour, every 60 s',
        value: minute.digestBytes,
        unit: 'bytes',
        note: `every 10 s: ${tenSeconds.digestBytes}`,
      },
      { question: 'to pack and roll up one check, every 60 s', value: minute.microseconds, unit: 'µs' },
      { question: 'to pack and roll up one check, every 10 s', value: tenSeconds.microseconds, unit: 'µs' },
    ];
  } finally {
    await stack.stop();
  }
}

async function measure(
  stack: Stack,
  { intervalSeconds, monitors }: { intervalSeconds: number; monitors: number },
) {
  await stack.admin.query('truncate packed_results, hourly_rollups, daily_rollups, check_results');
  const tenantId = await seedMonitors(stack.admin, {
    monitors,
    intervalSeconds,
    target: 'https://example.com/%s',
    due: { inMs: 3_600_000 },
  });
  const { rows } = await stack.admin.query<{ to_ms: number }>(
    `select extract(epoch from date_trunc('hour', now()) - interval '24 hours')::float8 * 1000 as to_ms`,
  );
  const toMs = rows[0]?.to_ms ?? Number.NaN;
  await stack.admin.query(`select ops.ensure_partitions((now() - interval '5 days')::date, now()::date)`);
  const seeded = await stack.admin.query(SEED, [tenantId, toMs, DAYS, intervalSeconds]);
  const checks = seeded.rowCount ?? 0;
  await stack.admin.query('vacuum analyze');
  const rawBytes = (await sizeOf(stack, RAW)) / checks;
  const pool = new pg.Pool({ connectionString: stack.urls.app, max: 2 });
  try {
    const startedAt = performance.now();
    for (let hours = DAYS * 24 - HOURS_A_RUN; hours >= 0; hours -= HOURS_A_RUN) {
      await keepHistory(tenantOf(pool, benchRing(), tenantId), Date.now() - hours * HOUR_MS);
    }
    const tookMs = performance.now() - startedAt;
    const left = await stack.admin.query('select 1 from check_results');
    if (left.rowCount !== 0) throw new Error(`${left.rowCount} results are not packed.`);
    return {
      rawBytes: tenths(rawBytes),
      packedBytes: tenths((await sizeOf(stack, `pg_total_relation_size('packed_results')`)) / checks),
      rollupBytes: tenths((await sizeOf(stack, `pg_total_relation_size('hourly_rollups')`)) / checks),
      packBytes: tenths(
        (await sizeOf(stack, '(select sum(octet_length(results)) from packed_results)')) / checks,
      ),
      digestBytes: tenths(await sizeOf(stack, '(select avg(octet_length(digest)) from hourly_rollups)')),
      microseconds: tenths((tookMs * 1000) / checks),
    };
  } finally {
    await pool.end();
  }
}

const tenths = (value: number) => Math.round(value * 10) / 10;

const RAW = `(select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'check_results'::regclass)`;

async function sizeOf(stack: Stack, expression: string): Promise<number> {
  const { rows } = await stack.admin.query<{ bytes: number }>(`select ${expression}::float8 as bytes`);
  return rows[0]?.bytes ?? Number.NaN;
}

/** Of organization $1, until $2 (epoch milliseconds), $3 days back, every $4 seconds, each monitor at its own place in the interval. */
const SEED = `
with slots as (
  select m.tenant_id, m.id, s.phase_ms, n,
    to_timestamp(($2::float8 - n * $4::float8 * 1000 + s.phase_ms) / 1000) as slot_at,
    random() as luck, 10 + 90 * ((hashtext(m.id::text) & 1023) / 1023.0) as distance,
    random_normal() a, random_normal() b, random_normal() c, random_normal() d, random_normal() e
  from monitors m
    cross join lateral (select mod(hashtext(m.id::text) & 65535, $4::int * 1000) as phase_ms) s
    cross join generate_series(1, ($3::int * 86400 / $4::int)) n
  where m.tenant_id = $1
),
timed as (
  select *, luck < 0.002 as fails, luck between 0.002 and 0.012 as slow,
    round((1.2 * exp(0.5 * a))::numeric, 2)::float4 as dns, round((distance * exp(0.08 * b))::numeric, 2)::float4 as connect,
    round((1.2 * distance * exp(0.1 * c))::numeric, 2)::float4 as tls,
    round((distance + 50 * exp(0.35 * d))::numeric, 2)::float4 as first_byte, round((1.5 * exp(0.6 * e))::numeric, 2)::float4 as transfer
  from slots
)
insert into check_results (tenant_id, monitor_id, slot_at, region, checked_at, verification, outcome, code, reason, status_code,
  dns_ms, connect_ms, tls_ms, first_byte_ms, transfer_ms, total_ms)
select tenant_id, id, slot_at, 'fra', slot_at + make_interval(secs => 0.001 * (1 + floor(3 * luck * luck))), false,
  case when fails then 'down' when slow then 'degraded' else 'up' end,
  case when fails then 'timeout' when slow then 'slow' else 'ok' end,
  case when fails then 'No answer within 10 seconds: it waited for the first byte.'
    when slow then 'It answered after ' || round((dns + connect + tls + first_byte + transfer)::numeric) || ' ms, expected 250 ms or less.' end,
  case when fails then null else 200 end,
  dns, connect, tls, case when fails then null else first_byte end, case when fails then null else transfer end,
  case when fails then 10000 else round((dns + connect + tls + first_byte + transfer + 0.1 + 0.05 * luck)::numeric, 2) end
from timed`;

import pg from 'pg';
import { type Tenant, tenantOf } from '../server/database/tenant.ts';
import { keepHistory } from '../server/domains/monitoring/keep-history.ts';
import { listResults } from '../server/domains/monitoring/list-results.ts';
import { resultSeries } from '../server/domains/monitoring/result-series.ts';
import { type Figure, percentile } from './figure.ts';
import { benchRing } from './monitor-key.ts';
import { seedMonitors } from './seed-monitors.ts';
import { startStack } from './stack.ts';

const DAYS = 90;
const INTERVAL_SECONDS = 30;
const TIMES = 15;

/** How long a monitor's history takes to read at the verb, raw and packed: ninety days, checked every half minute. */
export async function readHistory(): Promise<Figure[]> {
  const stack = await startStack();
  const pool = new pg.Pool({ connectionString: stack.urls.app, max: 1 });
  try {
    await stack.admin.query('select ops.ensure_partitions(current_date - $1::int, current_date)', [DAYS + 1]);
    const tenantId = await seedMonitors(stack.admin, {
      monitors: 1,
      intervalSeconds: INTERVAL_SECONDS,
      target: 'https://example.com/%s',
      due: { inMs: 3_600_000 },
    });
    const { rows } = await stack.admin.query<{ id: string }>('select id from monitors');
    const monitorId = rows[0]?.id ?? '';
    const seeded = await stack.admin.query(SEED, [DAYS * 86_400, INTERVAL_SECONDS]);
    await stack.admin.query('vacuum analyze');
    const tenant = tenantOf(pool, benchRing(), tenantId);
    const raw = await readAll(tenant, monitorId, 'raw');
    await keepHistory(tenant, Date.now());
    await stack.admin.query('select ops.drop_partitions(14)');
    await stack.admin.query('vacuum analyze');
    const packed = await readAll(tenant, monitorId, 'packed');
    const note = `of ${(seeded.rowCount ?? 0).toLocaleString('en')} results`;
    return [...raw, ...packed].map((figure) => ({ ...figure, note }));
  } finally {
    await pool.end();
    await stack.stop();
  }
}

const SEED = `
insert into check_results (tenant_id, monitor_id, slot_at, region, checked_at, verification, outcome, code, total_ms, dns_ms,
  connect_ms, tls_ms, first_byte_ms, transfer_ms)
select tenant_id, monitor_id, date_trunc('second', now()) - make_interval(secs => n), region,
  date_trunc('second', now()) - make_interval(secs => n), false, 'up', 'ok', round((80 + 20 * random())::numeric, 2),
  1.5, 20, 25, round((30 + 20 * random())::numeric, 2), 1
from region_outcomes, generate_series($2::int, $1::int, $2::int) n`;

async function readAll(tenant: Tenant, monitorId: string, kind: string): Promise<Figure[]> {
  const questions: [name: string, ask: () => Promise<unknown>][] = [
    ['results.list, newest page', () => listResults(tenant, { monitorId, limit: 50 })],
    [
      'results.list, the newest failures of 90 days',
      () => listResults(tenant, { monitorId, limit: 50, outcome: 'down' }),
    ],
    ['results.series of 7 days', () => resultSeries(tenant, { monitorId, range: '7d' })],
    ['results.series of 90 days', () => resultSeries(tenant, { monitorId, range: '90d' })],
  ];
  const figures: Figure[] = [];
  for (const [name, ask] of questions) {
    const samples: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const startedAt = performance.now();
      await ask();
      samples.push(performance.now() - startedAt);
    }
    figures.push({
      question: `${name}, ${kind}: p50`,
      value: Math.round(percentile(samples, 0.5) * 10) / 10,
      unit: 'ms',
    });
  }
  return figures;
}

import { setTimeout as delay } from 'node:timers/promises';
import { cpuMicros, nextMessage, residentMiB, start, stop } from './child.ts';
import { openDashboards, registerOrganizations } from './dashboards.ts';
import type { Figure } from './figure.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import { seedMonitors } from './seed-monitors.ts';
import { type Stack, startStack } from './stack.ts';

const INTERVAL_SECONDS = 10;
const WARM_UP_MS = 15_000;
const MEASURED_MS = 30_000;
const DASHBOARDS = 40;
const BARE_PACE = 500;

type Load = { checksPerSecond: number; dashboards: number; latenessMs: number; perCheck: number | null };

const LOADS: Load[] = [
  { checksPerSecond: 100, dashboards: 0, latenessMs: 10, perCheck: null },
  { checksPerSecond: 500, dashboards: 0, latenessMs: 25, perCheck: 2.5 },
  { checksPerSecond: 500, dashboards: DASHBOARDS, latenessMs: 25, perCheck: null },
];

/** What a check costs the prober beside a bare GET, and how late checks begin while it goes on for a while. */
export async function steadyChecks(): Promise<Figure[]> {
  const bare = await bareGet();
  const figures: Figure[] = [
    { question: 'Bare node:http GET, fresh connection, 50 at a time', value: bare.unpaced, unit: 'µs CPU' },
    {
      question: `Bare node:http GET, fresh connection, ${BARE_PACE} a second`,
      value: bare.paced,
      unit: 'µs CPU',
    },
  ];
  for (const load of LOADS) figures.push(...(await measure(load, bare)));
  return figures;
}

type BareGet = { unpaced: number; paced: number };

async function bareGet(): Promise<BareGet> {
  const target = start('bench/local-target.ts');
  const { port } = await nextMessage<{ port: number }>(target);
  const loop = start('bench/bare-loop.ts', {}, [String(port), '10000', String(BARE_PACE)]);
  const micros = await nextMessage<BareGet>(loop);
  await stop(target);
  return micros;
}

async function measure(load: Load, bare: BareGet): Promise<Figure[]> {
  const stack = await startStack();
  const target = start('bench/local-target.ts');
  try {
    const { port } = await nextMessage<{ port: number }>(target);
    const environment = {
      PORT: '0',
      SECRET_KEY: 'k8Jd92nfP0sQwL5xVb7TzRy3HcMu6GaE',
      MONITOR_KEY,
      DATABASE_URL: stack.urls.app,
      IDENTITY_DATABASE_URL: stack.urls.identity,
      SYSTEM_DATABASE_URL: stack.urls.system,
      PROBER_DATABASE_URL: stack.urls.prober,
      PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
      DEFAULT_PLAN: 'pro',
      DATA_DIR: stack.folder,
    };
    const monitors = load.checksPerSecond * INTERVAL_SECONDS;
    const watched =
      load.dashboards === 0
        ? null
        : await openDashboards(await registerOrganizations(environment, load.dashboards));
    const tenants = watched?.tenantIds ?? [undefined];
    for (const tenantId of tenants) {
      await seedMonitors(stack.admin, {
        monitors: Math.round(monitors / tenants.length),
        intervalSeconds: INTERVAL_SECONDS,
        target: `http://127.0.0.1:${port}/%s`,
        due: { inMs: 3000 },
        ...(tenantId === undefined ? {} : { tenantId }),
      });
    }
    const prober = start('prober/main.ts', environment);
    await delay(WARM_UP_MS);
    const from = await databaseNow(stack);
    const cpuBefore = await cpuMicros(prober);
    await delay(MEASURED_MS);
    const cpu = (await cpuMicros(prober)) - cpuBefore;
    const to = await databaseNow(stack);
    const memory = await residentMiB(prober);
    const heard = watched?.heard() ?? 0;
    await delay(2000); // what is in flight is recorded
    const seen = await read(stack, from, to);
    await watched?.close();
    await stop(prober);
    target.send('how many');
    const { answered } = await nextMessage<{ answered: number }>(target);
    const { results } = await readAll(stack);

    const expected = Math.round((MEASURED_MS / 1000) * load.checksPerSecond);
    const micros = cpu / seen.checks;
    const name = `${load.checksPerSecond} checks/s${load.dashboards > 0 ? `, ${load.dashboards} dashboards watched` : ''}`;
    return [
      {
        question: `${name}: lateness p99`,
        value: round(seen.p99),
        unit: 'ms',
        target: { most: load.latenessMs },
        note: `p50 ${round(seen.p50)} ms, worst ${round(seen.worst)} ms, ${seen.checks} checks of about ${expected}${
          load.dashboards > 0 ? `, ${heard} changes reached the dashboards` : ''
        }`,
      },
      {
        question: `${name}: slots lost, or asked twice`,
        value: seen.missing + Math.max(0, answered - results),
        unit: 'slots',
        target: { most: 0 },
      },
      {
        question: `${name}: CPU of the prober per check`,
        value: round(micros),
        unit: 'µs CPU',
        note: `all of it, database included; ${round(memory)} MiB`,
      },
      {
        question: `${name}: the same beside a bare GET`,
        value: round(micros / bare.unpaced),
        unit: '×',
        note: `${round(micros / bare.paced)} × the paced one`,
        ...(load.perCheck === null ? {} : { target: { most: load.perCheck } }),
      },
    ];
  } finally {
    await stop(target);
    await stack.stop();
  }
}

async function databaseNow(stack: Stack): Promise<string> {
  const { rows } = await stack.admin.query<{ now: string }>('select clock_timestamp()::text as now');
  return rows[0]?.now ?? '';
}

/** Lateness of the checks whose slot lay in the window, and how many slots of the grid have no result. */
async function read(stack: Stack, from: string, to: string) {
  const { rows } = await stack.admin.query<{
    checks: number;
    p50: number;
    p99: number;
    worst: number;
    missing: number;
  }>(
    `with late as (
      select extract(epoch from checked_at - slot_at)::float8 * 1000 as ms from check_results
      where slot_at >= $1::timestamptz and slot_at < $2::timestamptz and not verification
    ), slots as (
      select s.tenant_id, s.monitor_id, s.region, t.slot_at
      from check_schedule s, lateral (
        select to_timestamp((n * s.interval_seconds::bigint * 1000 + s.phase_ms) / 1000.0) as slot_at
        from generate_series(floor(extract(epoch from $1::timestamptz) / s.interval_seconds)::bigint - 1,
          floor(extract(epoch from $2::timestamptz) / s.interval_seconds)::bigint + 1) n
      ) t
      where t.slot_at >= $1::timestamptz and t.slot_at < $2::timestamptz
    )
    select (select count(*)::int from late) as checks,
      (select percentile_cont(0.5) within group (order by ms) from late) as p50,
      (select percentile_cont(0.99) within group (order by ms) from late) as p99,
      (select max(ms) from late) as worst,
      (select count(*)::int from slots s where not exists (
        select 1 from check_results r where r.tenant_id = s.tenant_id and r.monitor_id = s.monitor_id
          and r.region = s.region and r.slot_at = s.slot_at)) as missing`,
    [from, to],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database answered nothing.');
  return row;
}

async function readAll(stack: Stack): Promise<{ results: number }> {
  const { rows } = await stack.admin.query<{ results: number }>(
    'select count(*)::int as results from check_results',
  );
  return rows[0] ?? { results: 0 };
}

const round = (value: number) => Math.round(value * 100) / 100;

import { setTimeout as delay } from 'node:timers/promises';
import { registerOrganizations } from './dashboards.ts';
import { type Figure, percentile } from './figure.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import { seedMonitors } from './seed-monitors.ts';
import { startStack } from './stack.ts';

const OWN_MONITORS = 2000;
const OTHER_MONITORS = 98_000;
const OTHER_ORGANIZATIONS = 49;
/** Results a monitor, so that the small charts have something to draw. */
const RESULTS = 30;
const REQUESTS = 300;

/** How long the first page of the dashboard takes at the HTTP client. */
export async function listMonitors(): Promise<Figure[]> {
  const stack = await startStack();
  const server = await registerOrganizations(
    {
      SECRET_KEY: 'k8Jd92nfP0sQwL5xVb7TzRy3HcMu6GaE',
      MONITOR_KEY,
      DATABASE_URL: stack.urls.app,
      IDENTITY_DATABASE_URL: stack.urls.identity,
      SYSTEM_DATABASE_URL: stack.urls.system,
      DEFAULT_PLAN: 'pro',
    },
    1,
  );
  try {
    const [own] = server.organizations;
    if (own === undefined) throw new Error('No organization was registered.');
    const seed = { intervalSeconds: 60, target: 'https://example.com/%s', due: { inMs: 3_600_000 } };
    await seedMonitors(stack.admin, { ...seed, monitors: OWN_MONITORS, tenantId: own.tenantId });
    for (let number = 0; number < OTHER_ORGANIZATIONS; number++) {
      await seedMonitors(stack.admin, { ...seed, monitors: OTHER_MONITORS / OTHER_ORGANIZATIONS });
    }
    await stack.admin.query(
      `insert into check_results (tenant_id, monitor_id, slot_at, region, checked_at, verification, outcome, code, total_ms)
        select tenant_id, monitor_id, now() - make_interval(mins => n), region, now() - make_interval(mins => n), false, 'up', 'ok', 80
        from region_outcomes, generate_series(1, $1::int) n`,
      [RESULTS],
    );
    await stack.admin.query('vacuum analyze');
    const figures: Figure[] = [];
    for (const sort of ['state', 'name', 'latency', 'uptime'] as const) {
      const samples: number[] = [];
      for (let number = 0; number < REQUESTS; number++) {
        const input = encodeURIComponent(JSON.stringify({ sort }));
        const before = performance.now();
        const response = await fetch(`${server.origin}/trpc/monitors.list?input=${input}`, {
          headers: { cookie: own.cookie },
        });
        const { result } = JSON.parse(await response.text());
        samples.push(performance.now() - before);
        if (result.data.total !== OWN_MONITORS)
          throw new Error(`The list has ${result.data.total} monitors.`);
        await delay(5);
      }
      figures.push({
        question: `monitors.list, first page of 2,000 of 100,000, by ${sort}: p95`,
        value: Math.round(percentile(samples, 0.95) * 10) / 10,
        unit: 'ms',
        target: { most: 50 },
        note: `p50 ${percentile(samples, 0.5).toFixed(1)} ms`,
      });
    }
    return figures;
  } finally {
    await server.close();
    await stack.stop();
  }
}

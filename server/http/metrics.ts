import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isDatabaseAway } from '../database/is-database-away.ts';
import type { LiveFeed } from '../domains/monitoring/live-feed.ts';
import { type Figures, readFigures } from '../domains/operations/read-figures.ts';

export type HttpMetrics = {
  observe(method: string, route: string, status: number, seconds: number): void;
};

/** Everything `/metrics` shows. What lives in the database is read when it is asked for, so any server answers for all. */
export function createMetrics(services: { pools: { system: pg.Pool }; liveFeed: LiveFeed }): HttpMetrics & {
  render(): Promise<{ contentType: string; body: string }>;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'statuswatch_' });
  const http = new Histogram({
    name: 'statuswatch_http_request_duration_seconds',
    help: 'Time to answer a request, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const queueDepth = new Gauge({
    name: 'statuswatch_queue_jobs',
    help: 'Jobs in each queue, by state.',
    labelNames: ['queue', 'state'],
    registers: [registry],
  });
  const lateness = new Gauge({
    name: 'statuswatch_check_lateness_p99_seconds',
    help: 'How late checks began after their slot, 99th percentile over the last heartbeat, by region and instance.',
    labelNames: ['region', 'instance'],
    registers: [registry],
  });
  const running = new Gauge({
    name: 'statuswatch_checks_running',
    help: 'Checks in flight, by region and instance.',
    labelNames: ['region', 'instance'],
    registers: [registry],
  });
  const checks = new Counter({
    name: 'statuswatch_checks_total',
    help: 'Checks made, by region and outcome.',
    labelNames: ['region', 'outcome'],
    registers: [registry],
  });
  const watched = new Gauge({
    name: 'statuswatch_live_organizations',
    help: 'Organizations that someone is watching through this process.',
    registers: [registry],
  });

  const databaseUp = new Gauge({
    name: 'statuswatch_database_up',
    help: 'Whether the database answered when this was asked: 1 or 0. What lives in it is left out when it is 0.',
    registers: [registry],
  });

  return {
    observe: (method, route, status, seconds) =>
      http.observe({ method, route, status: String(status) }, seconds),
    async render() {
      const figures = await figuresUnlessAway(services.pools.system);
      databaseUp.set(figures === null ? 0 : 1);
      for (const metric of [queueDepth, lateness, running, checks]) metric.reset();
      for (const row of figures?.queues ?? []) {
        queueDepth.set({ queue: row.queue, state: row.state }, row.jobs);
      }
      for (const prober of figures?.probers ?? []) {
        if (prober.live) {
          const labels = { region: prober.region, instance: String(prober.id) };
          if (prober.latenessP99Ms !== null) lateness.set(labels, prober.latenessP99Ms / 1000);
          running.set(labels, prober.checksRunning);
        }
        for (const [outcome, count] of Object.entries(prober.checks)) {
          checks.inc({ region: prober.region, outcome }, count);
        }
      }
      watched.set(services.liveFeed.size);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

async function figuresUnlessAway(system: pg.Pool): Promise<Figures | null> {
  try {
    return await readFigures(system);
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}

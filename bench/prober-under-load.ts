import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCertificateAuthority } from '../tests/support/certificates.ts';
import { cpuMicros, nextMessage, residentMiB, start, stop } from './child.ts';
import { openDashboards, registerOrganizations } from './dashboards.ts';
import { readLateness, resultCount } from './lateness-rows.ts';
import { seedMonitors } from './seed-monitors.ts';
import { type Stack, startStack } from './stack.ts';

/** What a prober is asked to do, and how long it is watched at it. */
export type Load = {
  monitors: number;
  intervalSeconds: number;
  scheme?: 'http' | 'https';
  /** Share of the monitors whose target never answers. */
  hanging?: number;
  /** Dashboards that are watched meanwhile, an organization each. */
  dashboards?: number;
  warmUpMs: number;
  measuredMs: number;
};

export type UnderLoad = {
  /** Checks whose slot lay in the measured time. */
  checks: number;
  /** How late they began, ms. */
  p50: number;
  p99: number;
  worst: number;
  /** Slots of the grid without a result, and requests beyond the results. */
  lost: number;
  doubled: number;
  /** CPU of the prober process a check, all of it: claims, records, heartbeats. */
  microsPerCheck: number;
  /** What it held at the end of the measured time. */
  residentMiB: number;
  /** Changes that reached the dashboards. */
  heard: number;
};

/** The environment of a server and a prober on a database of the bench's own. */
export const environmentOn = (stack: Stack): Record<string, string> => ({
  PORT: '0',
  SECRET_KEY: 'k8Jd92nfP0sQwL5xVb7TzRy3HcMu6GaE',
  MONITOR_KEY: 'y3Qn7VbKc0xJdT5wLsR9mHfP2gUeA8zXiNo4kErY6tM',
  DATABASE_URL: stack.urls.app,
  IDENTITY_DATABASE_URL: stack.urls.identity,
  SYSTEM_DATABASE_URL: stack.urls.system,
  PROBER_DATABASE_URL: stack.urls.prober,
  PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
  DEFAULT_PLAN: 'pro',
  DATA_DIR: stack.folder,
});

export type Targets = { port: number; tlsPort: number; authorityFile: string; close: () => Promise<number> };

/** A target of each scheme in a process of its own. @returns `close` tells how many requests came */
export async function startTargets(folder: string): Promise<Targets> {
  const authority = await createCertificateAuthority();
  const { key, cert } = await authority.issue({ names: ['localhost'], addresses: ['127.0.0.1'] });
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, authority.certificate);
  const child = start('bench/local-target.ts', { BENCH_TLS_KEY: key, BENCH_TLS_CERT: cert });
  const { port, tlsPort } = await nextMessage<{ port: number; tlsPort: number }>(child);
  return {
    port,
    tlsPort,
    authorityFile,
    async close() {
      child.send('how many');
      const { answered } = await nextMessage<{ answered: number }>(child);
      await stop(child);
      return answered;
    },
  };
}

/** Runs one prober on a fresh database under a load. */
export async function underLoad(load: Load): Promise<UnderLoad> {
  const stack = await startStack();
  const targets = await startTargets(stack.folder);
  try {
    const environment = { ...environmentOn(stack), NODE_EXTRA_CA_CERTS: targets.authorityFile };
    const dashboards = load.dashboards ?? 0;
    const watched =
      dashboards === 0 ? null : await openDashboards(await registerOrganizations(environment, dashboards));
    const tenants = watched?.tenantIds ?? [undefined];
    const origin =
      load.scheme === 'https' ? `https://127.0.0.1:${targets.tlsPort}` : `http://127.0.0.1:${targets.port}`;
    const hanging = Math.round(load.monitors * (load.hanging ?? 0));
    for (const tenantId of tenants) {
      const seed = {
        intervalSeconds: load.intervalSeconds,
        due: { inMs: 3000 },
        ...(tenantId === undefined ? {} : { tenantId }),
      };
      const share = (monitors: number) => Math.round(monitors / tenants.length);
      await seedMonitors(stack.admin, {
        ...seed,
        monitors: share(load.monitors - hanging),
        target: `${origin}/%s`,
      });
      if (hanging > 0) {
        await seedMonitors(stack.admin, {
          ...seed,
          monitors: share(hanging),
          target: `${origin}/hanging/%s`,
        });
      }
    }
    const prober = start('prober/main.ts', environment);
    await delay(load.warmUpMs);
    const from = await databaseNow(stack);
    const cpuBefore = await cpuMicros(prober);
    await delay(load.measuredMs);
    const cpu = (await cpuMicros(prober)) - cpuBefore;
    const to = await databaseNow(stack);
    const memory = await residentMiB(prober);
    const heard = watched?.heard() ?? 0;
    // What is in flight is recorded, those that hang at their deadline.
    await delay(hanging > 0 ? 9000 : 2000);
    const seen = await readLateness(stack, from, to);
    await watched?.close();
    await stop(prober);
    const results = await resultCount(stack);
    return {
      checks: seen.checks,
      p50: seen.p50,
      p99: seen.p99,
      worst: seen.worst,
      lost: seen.missing,
      doubled: Math.max(0, (await targets.close()) - results),
      microsPerCheck: cpu / seen.checks,
      residentMiB: memory,
      heard,
    };
  } finally {
    await stack.stop();
  }
}

async function databaseNow(stack: Stack): Promise<string> {
  const { rows } = await stack.admin.query<{ now: string }>('select clock_timestamp()::text as now');
  return rows[0]?.now ?? '';
}

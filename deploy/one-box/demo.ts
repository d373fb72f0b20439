import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as v from 'valibot';
import type { RoleUrls } from '../../drizzle/roles.ts';
import { gridPhaseMs } from '../../shared/monitoring/check-grid.ts';
import { defaultTimeoutMs } from '../../shared/monitoring/monitor-input.ts';
import { ApiRefusal, ApiSession } from './api-session.ts';
import { dataFolderOf } from './config.ts';
import { readConnection } from './data-folder.ts';
import { type Demo, readDemo, writeDemo } from './demo/demo-file.ts';
import { HISTORY_DAYS, historyOf, SILENT_SINCE_MS } from './demo/history.ts';
import { DEMO_SERVICES, type DemoService, monitorInputOf } from './demo/services.ts';
import { writeCertificate, writeEvidence } from './demo/write-evidence.ts';
import { writeResults, writeStates } from './demo/write-history.ts';
import { findFreePort } from './free-port.ts';
import { type Running, readRunning } from './running-file.ts';
import { StartFailure } from './start-failure.ts';

const ORGANIZATION = 'Acme Shop';
const EMAIL = 'demo@example.com';
/** A region whose prober has fallen silent: what `unknown` looks like. */
const SILENT_REGION = 'eu-west';
const SERVICES_WITHIN_MS = 60_000;
const DAY_MS = 86_400_000;

const identified = v.object({ id: v.string() });

/**
 * `npm run demo`: fills a running `npm start` with an organization with monitors in every state and thirty days of
 * history. What the API can do it does; only the past is written into the tables. Run again, it says what there is.
 */
async function run(): Promise<void> {
  const startedAt = performance.now();
  const dataDir = dataFolderOf(process.env);
  const running = await readRunning(dataDir);
  const urls = await readConnection(dataDir);
  if (running === undefined || urls === undefined) {
    throw new StartFailure(
      `No StatusWatch runs on the data folder ${dataDir}: type "npm start" in another terminal, then this again. The demo needs the database that npm start embeds.`,
    );
  }
  const demo = (await readDemo(dataDir)) ?? (await makeDemo());
  if (demo.filled) {
    process.stdout.write(`The demo is already there, made ${demo.madeAt}.\n${loginOf(running, demo)}`);
    return;
  }
  await writeDemo(dataDir, demo);
  const { publicUrl } = await waitForServices(dataDir);

  const api = new ApiSession(publicUrl);
  const tenantId = await enter(api, demo);
  await chooseProAndVerify(urls, tenantId, demo);
  await fill(api, urls, demo, tenantId);
  await writeDemo(dataDir, { ...demo, filled: true });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `${ORGANIZATION} has ${DEMO_SERVICES.length} monitors and ${HISTORY_DAYS} days of history (${seconds} s).\n${loginOf(running, demo)}`,
  );
}

async function makeDemo(): Promise<Demo> {
  return {
    ports: { services: await findFreePort(), gone: await findFreePort() },
    madeAt: new Date().toISOString(),
    // The form asks for upper case, a digit and a symbol too.
    login: { email: EMAIL, password: `Demo-${randomBytes(9).toString('base64url')}-1` },
    filled: false,
  };
}

const loginOf = ({ publicUrl }: Running, { login }: Demo) =>
  `Log in at ${publicUrl}/login with ${login.email} and ${login.password}\n`;

/** The running `npm start` plays the services, and lets 127.0.0.1 be checked, once it has read that there is a demo. */
async function waitForServices(dataDir: string): Promise<Running> {
  const { pid, demo } = await waitFor(dataDir, ({ ready }) => ready);
  if (!demo) process.kill(pid, 'SIGUSR2');
  return waitFor(dataDir, (running) => running.ready && running.demo);
}

async function waitFor(dataDir: string, holds: (running: Running) => boolean): Promise<Running> {
  const giveUpAt = performance.now() + SERVICES_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    const running = await readRunning(dataDir);
    if (running !== undefined && holds(running)) return running;
    await sleep(50);
  }
  throw new StartFailure('StatusWatch did not become ready within a minute: see what "npm start" says.');
}

/** Registers the demo's organization, or enters the one that an interrupted demo left. @returns its id */
async function enter(api: ApiSession, { login }: Demo): Promise<string> {
  try {
    await api.mutate(
      'auth.register',
      { organizationName: ORGANIZATION, ...login, passwordConfirmation: login.password },
      v.unknown(),
    );
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.reason !== 'duplicate_organization_name') throw error;
  }
  await api.mutate('auth.login', login, v.object({ status: v.literal('signed_in') }));
  const { tenant } = await api.query('auth.me', null, v.object({ tenant: identified }));
  return tenant.id;
}

/** Nobody sells the demo its plan, and no mail reaches its address; the identity role is the one that may set both. */
async function chooseProAndVerify(urls: RoleUrls, tenantId: string, { login }: Demo): Promise<void> {
  await withClient(urls.identity, async (identity) => {
    await identity.query(`update tenants set plan = 'pro', plan_changed_at = now() where id = $1`, [
      tenantId,
    ]);
    await identity.query(
      'update users set email_verified_at = now() where email = $1 and email_verified_at is null',
      [login.email],
    );
  });
}

async function fill(api: ApiSession, urls: RoleUrls, demo: Demo, tenantId: string): Promise<void> {
  const madeAtMs = Date.parse(demo.madeAt);
  await withClient(urls.system, async (system) => {
    await system.query(
      `select ops.ensure_partitions(to_timestamp($1::float8 / 1000)::date, (now() at time zone 'utc')::date + 7)`,
      [madeAtMs - (HISTORY_DAYS + 1) * DAY_MS],
    );
  });
  const monitors = await api.query('monitors.list', { limit: 100 }, v.object({ items: v.array(identified) }));
  for (const { id } of monitors.items) await api.mutate('monitors.remove', { monitorId: id }, v.unknown());

  await withClient(urls.prober, (prober) =>
    withClient(urls.app, async (app) => {
      const checkedRegion = await addSilentRegion(prober, madeAtMs);
      for (const service of DEMO_SERVICES) {
        const input = monitorInputOf(service, SILENT_REGION, demo.ports);
        const { id } = await api.mutate('monitors.create', input, identified);
        const region = isChecked(service) ? checkedRegion : SILENT_REGION;
        const { intervalSeconds } = service;
        const gridOf = (name: string) => ({
          region: name,
          phaseMs: gridPhaseMs(id, name, intervalSeconds),
        });
        const own = gridOf(region);
        const silent = service.fromTwoRegions ? gridOf(SILENT_REGION) : null;
        const history = historyOf(service, madeAtMs, {
          timeoutMs: defaultTimeoutMs(intervalSeconds),
          host: new URL(input.target).host,
          grids: silent === null ? [own] : [own, silent],
        });
        const monitor = { tenantId, id, intervalSeconds, ...own, silent };
        await writeResults(prober, monitor, history.results);
        const changeIds = await writeStates(app, monitor, history);
        const moment = { target: input.target, madeAtMs };
        await writeEvidence(prober, monitor, service, history, changeIds, moment);
        await writeCertificate(prober, monitor, service, history, moment);
      }
    }),
  );
}

const isChecked = ({ ending }: DemoService) => ending.kind !== 'silent' && ending.kind !== 'pending';

/** @returns the region that is really checked from */
async function addSilentRegion(prober: pg.Client, madeAtMs: number): Promise<string> {
  const { rows } = await prober.query<{ region: string; version: string }>(
    'select region, version from prober_instances where region <> $1 order by last_seen_at desc limit 1',
    [SILENT_REGION],
  );
  const [checked] = rows;
  if (checked === undefined) throw new Error('No prober has reported yet.');
  await prober.query(
    `insert into prober_instances (region, version, host, started_at, last_seen_at, lateness_p99_ms, cpu_ratio, memory_mib)
      select $1, $2, 'demo', now() - interval '6 days 5 hours', to_timestamp($3::float8 / 1000), 4.1, 0.02, 84
      where not exists (select 1 from prober_instances where region = $1)`,
    [SILENT_REGION, checked.version, madeAtMs - SILENT_SINCE_MS],
  );
  return checked.region;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

run().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    error instanceof StartFailure ? `${sentence}\n` : `The demo could not be made: ${sentence}\n`,
  );
  process.exitCode = 1;
});

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../deploy/one-box/embedded-postgres.ts';
import { createRoles } from '../../drizzle/create-roles.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { ApiClient, refusalIn } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { MONITOR_KEY } from '../support/monitor-key.ts';
import { runProcess } from '../support/run-process.ts';
import { freePort } from '../support/test-server.ts';
import { PASSWORD } from '../support/world.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-fault-'));
await chmod(folder, 0o755);
const dataDir = path.join(folder, 'postgres');
const databasePort = await freePort();
const startPostgres = () => startEmbeddedPostgres({ dataDir, port: databasePort, password: 'fault-test' });
let postgres: EmbeddedPostgres = await startPostgres();
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});
const urls = await createRoles({ adminUrl: postgres.adminUrl });
await migrate({ ownerUrl: urls.owner });

const port = await freePort();
const server = runProcess('server/main.ts', {
  PORT: String(port),
  SECRET_KEY: 'rU7fK2vXq9LmT4yZ0bNcW8sHdGpJ3aEo5iVx',
  MONITOR_KEY,
  DATABASE_URL: urls.app,
  IDENTITY_DATABASE_URL: urls.identity,
  SYSTEM_DATABASE_URL: urls.system,
  LOG_LEVEL: 'debug',
});
await server.event('server.started');

async function ask<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Says, as a prober does, that a prober lives. */
const beat = () =>
  ask(
    urls.prober,
    `with known as (update prober_instances set last_seen_at = now() returning 1)
      insert into prober_instances (region, version, host) select 'local', 'test', 'test' where not exists (select 1 from known)`,
  );
await beat();

const alice = new ApiClient(`http://localhost:${port}`);
const person = { email: 'alice@acme.example', password: PASSWORD };
await alice.call('auth.register', { organizationName: 'Acme', ...person, passwordConfirmation: PASSWORD });
await alice.call('auth.login', person);

const look = async (route: string) => {
  const answer = await alice.raw('GET', route);
  return { status: answer.status, text: answer.text };
};

/** Kills the server of the database as a crash does: no goodbye to anyone. */
async function crash(): Promise<void> {
  const [pid] = (await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
}

const WAYS: [how: string, away: () => Promise<void>][] = [
  ['stopped', () => postgres.stop()],
  ['killed', crash],
];

test.each(WAYS)(
  'when the database is %s under load and comes back, the server comes back by itself',
  async (how, away) => {
    const stream = await openEventStream(alice);
    const name = `Before ${how}`;
    const monitor = await alice.call('monitors.create', {
      name,
      kind: 'http',
      target: `https://example.com/${how}`,
    });
    await stream.hears((change) => change.type === 'monitor' && change.monitor.name === name);

    // Eight people who never stop asking; what they are answered is counted.
    const statuses = new Map<number, number>();
    let loading = true;
    const load = Array.from({ length: 8 }, async () => {
      while (loading) {
        const { status } = await alice.send('monitors.list');
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status !== 200) await delay(10);
      }
    });
    await eventually(() => (statuses.get(200) ?? 0) > 50);

    await away();
    await eventually(() => (statuses.get(503) ?? 0) > 20, 20_000);
    const health = await look('/health');
    expect(health.status).toBe(200);
    expect(JSON.parse(health.text)).toEqual({ status: 'ok', database: 'away' });
    const ready = await look('/health/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text).database).toBe('The database does not answer.');
    const metrics = await look('/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.text).toMatch(/^statuswatch_database_up 0$/m);
    const refusal = refusalIn(await alice.send('monitors.list'));
    expect(refusal.data).toMatchObject({
      reason: 'unavailable',
      code: 'SERVICE_UNAVAILABLE',
      httpStatus: 503,
    });
    expect(refusal.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|password/);

    postgres = await startPostgres();
    const before = statuses.get(200) ?? 0;
    await eventually(() => (statuses.get(200) ?? 0) > before + 50, 20_000);
    loading = false;
    await Promise.all(load);
    // Nothing but an answer or "not now" was ever said.
    expect([...statuses.keys()].sort()).toEqual([200, 503]);

    await eventually(async () => {
      await beat();
      return (await look('/health/ready')).status === 200;
    }, 30_000);
    expect(await alice.call('monitors.get', { monitorId: monitor.id })).toMatchObject({ name });

    // Jobs are worked again, and their workers are woken again instead of looking once in a while.
    const [job] = await ask<{ id: string }>(
      urls.system,
      `insert into pgboss.job (name, data) values ('accounts.sweep-sessions', '{}') returning id`,
    );
    await eventually(async () => {
      const [row] = await ask<{ state: string }>(
        urls.system,
        'select state::text from pgboss.job where id = $1',
        [job?.id],
      );
      return row?.state === 'completed';
    }, 30_000);
    await eventually(async () => {
      const listening = await ask(
        postgres.adminUrl,
        `select 1 from pg_stat_activity where query ilike 'listen%'`,
      );
      return listening.length > 0;
    }, 30_000);

    // The page that was open all the time goes on.
    await alice.call('monitors.update', { monitorId: monitor.id, name: `After ${how}` });
    await stream.hears(
      (change) => change.type === 'monitor' && change.monitor.name === `After ${how}`,
      20_000,
    );
    expect(server.lines().filter((line) => line.level === 'fatal')).toEqual([]);
  },
);

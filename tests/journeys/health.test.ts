import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openServer } from '../support/test-server.ts';
import { addRegion, openWorld } from '../support/world.ts';

const { alice, database, server, visitor } = await openWorld();
/** A second server on the same database. */
const other = await openServer(database);

const ready = async () => {
  const answer = await visitor().raw('GET', '/health/ready');
  return { status: answer.status, body: JSON.parse(answer.text) };
};

test('the process says that it serves, and that its database answers', async () => {
  const answer = await visitor().raw('GET', '/health');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({ status: 'ok', database: 'ok' });
});

test('it is ready when database, migrations, jobs and a prober are', async () => {
  const answer = await eventually(async () => {
    const now = await ready();
    return now.status === 200 ? now : null;
  });
  expect(answer.body).toEqual({
    status: 'ready',
    database: 'ok',
    migrations: 'ok',
    jobs: 'ok',
    prober: 'ok',
  });
});

test('without a prober lately it is not ready, and says so; one that comes back mends it', async () => {
  await database.admin(`update prober_instances set last_seen_at = now() - interval '40 seconds'`);
  const { status, body } = await ready();
  expect(status).toBe(503);
  expect(body).toMatchObject({ status: 'not_ready', database: 'ok', migrations: 'ok', jobs: 'ok' });
  expect(body.prober).toMatch(/^No prober has reported for 4\d s\.$/);
  await database.admin('delete from prober_instances');
  expect((await ready()).body.prober).toBe('No prober has ever reported. Start one.');
  await addRegion(database, 'local');
  expect((await ready()).body.prober).toBe('ok');
});

test('with a migration missing it is not ready, and says which command helps', async () => {
  const rows = await database.admin<{ id: number; hash: string; created_at: string }>(
    'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning *',
  );
  const { status, body } = await ready();
  expect(status).toBe(503);
  const { migrations } = server.services;
  expect(body.migrations).toBe(
    `${migrations - 1} of ${migrations} migrations are applied. Run "npm run migrate".`,
  );
  await database.admin(
    'insert into drizzle.__drizzle_migrations (id, hash, created_at) values ($1, $2, $3)',
    [rows[0]?.id, rows[0]?.hash, rows[0]?.created_at],
  );
  expect((await ready()).status).toBe(200);
});

test('when nobody works jobs it is not ready, and says for how long', async () => {
  await server.services.boss.offWork('monitoring.find-overdue');
  await other.services.boss.offWork('monitoring.find-overdue');
  await eventually(async () => {
    const changed = await database.admin(
      `update pgboss.job set start_after = now() - interval '90 seconds'
        where name = 'monitoring.find-overdue' and state = 'created' returning 1`,
    );
    return changed.length > 0;
  }, 10_000);
  const { status, body } = await ready();
  expect(status).toBe(503);
  expect(body.jobs).toMatch(/^Jobs have been waiting for \d+ s\.$/);
});

test('metrics tell of the process, of requests, queues and checks', async () => {
  await database.admin(
    `update prober_instances set checks_up = 41, checks_down = 2, lateness_p99_ms = 12, last_seen_at = now()`,
  );
  await alice.call('monitors.list');
  await visitor().raw('GET', '/some/page/that/is/the-app');
  const { status, headers, text } = await visitor().raw('GET', '/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const line of [
    /^statuswatch_process_cpu_seconds_total \d/m,
    /^statuswatch_nodejs_eventloop_lag_p99_seconds \d/m,
    /^statuswatch_http_request_duration_seconds_count\{method="GET",route="\/trpc",status="200"\} \d/m,
    /^statuswatch_queue_jobs\{queue="monitoring.find-overdue",state="created"\} \d/m,
    /^statuswatch_checks_total\{region="local",outcome="up"\} 41$/m,
    /^statuswatch_checks_total\{region="local",outcome="down"\} 2$/m,
    /^statuswatch_check_lateness_p99_seconds\{region="local",instance="\d+"\} 0\.012$/m,
    /^statuswatch_database_up 1$/m,
    /^statuswatch_live_organizations 0$/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).not.toContain('the-app');
  expect(text).not.toContain('acme');
  // Asked twice it does not count twice.
  expect((await visitor().raw('GET', '/metrics')).text).toMatch(/outcome="up"\} 41$/m);
});

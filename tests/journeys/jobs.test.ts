import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { allWorkers } from '../../server/jobs/registry.ts';
import { QUEUES } from '../../shared/jobs/queues.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld } from '../support/world.ts';

const { alice, database, server } = await openWorld();
const { boss } = server.services;

const jobs = (where: string) =>
  database.admin<{ name: string; state: string; output: unknown }>(
    `select name, state::text, output from pgboss.job where ${where}`,
  );

test('the system role works every queue, and may change no table of the queue', async () => {
  const queues = await boss.getQueues();
  const ours = queues.map((queue) => queue.name).filter((name) => !name.startsWith('__pgboss__'));
  expect(ours.sort()).toEqual(QUEUES.map((queue) => queue.name).sort());
  await database.as('system', async (client) => {
    await expect(client.query('create table pgboss.mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(client.query('alter table pgboss.job add column mine int')).rejects.toThrow(/must be owner/);
  });
});

test('what comes by itself is on the clock', async () => {
  const schedules = await boss.getSchedules();
  const wanted = allWorkers(server.services).filter((worker) => worker.everyCron !== undefined);
  expect(schedules.map(({ name, cron, timezone }) => [name, cron, timezone]).sort()).toEqual(
    wanted.map((worker) => [worker.queue.name, worker.everyCron, 'UTC']).sort(),
  );
  expect(wanted.length).toBeGreaterThan(2);
});

test('many decisions that are asked for in one moment are all made in the next', async () => {
  const tenantId = alice.tenant.id;
  const ids = Array.from({ length: 60 }, () => randomUUID());
  await boss.insert(
    'monitoring.decide',
    ids.map((monitorId) => ({ data: { tenantId, monitorId }, singletonKey: monitorId })),
  );
  await eventually(async () => {
    const [waiting] = await database.admin<{ jobs: number }>(
      `select count(*)::int as jobs from pgboss.job
        where name = 'monitoring.decide' and state <> 'completed' and data ->> 'monitorId' = any($1)`,
      [ids],
    );
    return waiting?.jobs === 0;
  });
});

test('a job that makes partitions makes them', async () => {
  const last = `select max(right(relname, 8)) as day from pg_class where relname ~ '^check_results_\\d{8}$'`;
  const [newest] = await database.admin<{ day: string }>(last);
  await database.admin(`drop table check_results_${newest?.day}`);
  await boss.send('operations.partitions', null);
  await eventually(async () => (await database.admin<{ day: string }>(last))[0]?.day === newest?.day);
  expect(await jobs(`name = 'operations.partitions' and state = 'failed'`)).toEqual([]);
});

test('a job that sweeps sessions sweeps them', async () => {
  await alice.call('auth.me');
  await database.admin(
    `insert into sessions (id_hash, user_id, expires_at, absolute_expires_at)
      select 'old', id, now() - interval '1 day', now() from users limit 1`,
  );
  await boss.send('accounts.sweep-sessions', null);
  await eventually(
    async () => (await database.admin(`select 1 from sessions where id_hash = 'old'`)).length === 0,
  );
  await alice.call('auth.me');
});

test('the search for silence sends its own next run, and never more than one', async () => {
  const waiting = () => jobs(`name = 'monitoring.find-overdue' and state = 'created'`);
  await eventually(async () => (await waiting()).length === 1);
  await boss.send('monitoring.find-overdue', null);
  await boss.send('monitoring.find-overdue', null, { startAfter: 5 });
  expect((await waiting()).length).toBeLessThanOrEqual(1);
  const done = async () => (await jobs(`name = 'monitoring.find-overdue' and state = 'completed'`)).length;
  const before = await done();
  await eventually(async () => (await done()) >= before + 2, 15_000);
});

test('a job whose payload is no payload is not worked but kept for a person to look at', async () => {
  await boss.send('monitoring.decide', { tenantId: 'no uuid', monitorId: randomUUID() }, { retryLimit: 0 });
  await eventually(async () => (await jobs(`name = 'dead-letter'`)).length === 1);
  expect(server.takeErrors().map((line) => line.event)).toEqual(['jobs.failed']);
});

test('operators read why a job failed, for thirty days, as the handbook says', async () => {
  const handbook = await readFile('docs/operating.md', 'utf8');
  const [statement = ''] = /^select .* where name = 'dead-letter' .*;$/m.exec(handbook) ?? [];
  const userId = randomUUID();
  const data = { kind: 'a letter nobody knows', userId };
  const jobId = await boss.send('accounts.mail', data, { retryLimit: 0 });
  await database.as('ops', async (client) => {
    const failed = await eventually(async () =>
      (await client.query(statement)).rows.find((row) => row.data.userId === userId),
    );
    expect(failed).toEqual({
      source_name: 'accounts.mail',
      data,
      error: expect.stringMatching(/^Invalid type: Expected .*"verify_email"/),
      source_id: jobId,
      created_on: expect.any(Date),
    });
  });
  const [kept] = await database.admin<{ days: number }>(
    `select extract(epoch from keep_until - created_on)::int / 86400 as days from pgboss.job where source_id = $1`,
    [jobId],
  );
  expect(kept?.days).toBe(30);
  expect(server.takeErrors()).toMatchObject([{ event: 'jobs.failed', queue: 'accounts.mail' }]);
});

test('operators read queues in their views, and see sums only', async () => {
  await database.as('ops', async (client) => {
    const { rows } = await client.query<{ name: string; jobs: number }>('select * from ops.queues');
    expect(rows.map((row) => row.name)).toContain('monitoring.find-overdue');
    expect((await client.query('select * from ops.probers')).rows).toHaveLength(1);
    for (const table of ['tenants', 'monitors', 'users', 'check_results']) {
      await expect(client.query(`select 1 from ${table}`)).rejects.toThrow(/permission denied/);
    }
  });
  await alice.call('monitors.create', { name: 'x', kind: 'http', target: 'https://example.com' });
  await database.as('ops', async (client) => {
    const { rows } = await client.query(
      'select region, scheduled::int, verifications::int from ops.schedule',
    );
    expect(rows).toEqual([{ region: 'local', scheduled: 1, verifications: 0 }]);
    expect((await client.query('select region, outcome, monitors::int from ops.outcomes')).rows).toEqual([
      { region: 'local', outcome: 'none', monitors: 1 },
    ]);
  });
});

test('what was due while no server ran is made up for when one is back', async () => {
  const packings = () => jobs(`name = 'monitoring.keep-histories' and state = 'completed'`);
  const before = (await packings()).length;
  await server.stop();
  await database.admin(`update pgboss.version set cron_on = now() - interval '7 hours'`);
  await database.admin(`update pgboss.schedule set created_on = now() - interval '30 days'`);
  await server.startAgain();
  await eventually(async () => (await packings()).length === before + 1);
});

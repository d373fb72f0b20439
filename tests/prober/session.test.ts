import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../prober/log.ts';
import { ProberSession } from '../../prober/session.ts';
import {
  CHECK_DUE_CHANNEL,
  CHECK_REQUESTED_CHANNEL,
  PROBER_LOCK_CLASS,
} from '../../shared/jobs/wake-channel.ts';
import { openGate } from '../support/gate.ts';
import { openDatabase } from '../support/test-database.ts';

const database = await openDatabase();
const gate = await openGate(database.urls.prober);

/** A session of its own instance, and how often it was woken, for what is due and for drafts. */
async function openSession(instanceId: number) {
  let wakes = 0;
  let requests = 0;
  const session = new ProberSession({
    databaseUrl: gate.url,
    instanceId,
    region: 'local',
    onWake: () => {
      wakes += 1;
    },
    onRequest: () => {
      requests += 1;
    },
    log: createLog('silent'),
  });
  onTestFinished(() => session.stop());
  await session.start();
  return { session, wakes: () => wakes, requests: () => requests };
}

const notify = (region: string) => database.admin('select pg_notify($1, $2)', [CHECK_DUE_CHANNEL, region]);
const lives = async (instanceId: number) => {
  const rows = await database.admin(
    `select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
      and database = (select oid from pg_database where datname = current_database())`,
    [PROBER_LOCK_CLASS, instanceId],
  );
  return rows.length === 1;
};

test('a prober is woken by what is due in its region, and sleeps through the others', async () => {
  const { wakes } = await openSession(1);
  await notify('eu-west');
  await notify('local');
  await expect.poll(wakes).toBe(1);
});

test('a draft that somebody wants tried wakes who tries it, and nobody else', async () => {
  const { wakes, requests } = await openSession(4);
  const ask = (region: string) =>
    database.admin('select pg_notify($1, $2)', [CHECK_REQUESTED_CHANNEL, region]);
  await ask('eu-west');
  await ask('local');
  await expect.poll(requests).toBe(1);
  expect(wakes()).toBe(0);
});

test('a prober counts as alive from its start to its end', async () => {
  const { session } = await openSession(2);
  expect(await lives(2)).toBe(true);
  await session.stop();
  await expect.poll(() => lives(2)).toBe(false);
});

test('a session that is lost comes back, looks for what was missed, and hears again', async () => {
  const { wakes, requests } = await openSession(3);
  await gate.shut();
  await expect.poll(() => lives(3)).toBe(false);
  await gate.open();
  await expect.poll(() => lives(3), { timeout: 5000 }).toBe(true);
  await expect.poll(wakes).toBe(1); // something may have become due while nobody listened
  await expect.poll(requests).toBe(1);
  await notify('local');
  await expect.poll(wakes).toBe(2);
});

test('a session that comes back gives up leases of before: a crash may have taken back what closed them', async () => {
  await openSession(7);
  await gate.shut();
  await expect.poll(() => lives(7)).toBe(false);
  await database.admin(
    `insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms,
      leased_by, lease_until)
    select gen_random_uuid(), gen_random_uuid(), region, false, now(), 10, 0, 5000, instance, now() + interval '1 hour'
    from (values ('local', 7), ('local', 8), ('eu-west', 7)) as leased(region, instance)`,
  );
  await gate.open();
  const leased = () =>
    database.admin(
      'select region, leased_by from check_schedule where leased_by is not null order by region',
    );
  await expect.poll(leased, { timeout: 5000 }).toEqual([
    { region: 'eu-west', leased_by: 7 },
    { region: 'local', leased_by: 8 },
  ]);
});

test('a session that is told to stop while it comes back stays away', async () => {
  const { session } = await openSession(4);
  await gate.shut();
  await expect.poll(() => lives(4)).toBe(false);
  await gate.open();
  await session.stop();
  await openSession(5); // comes after whatever the fourth still had under way
  expect(await lives(4)).toBe(false);
});

test('a session that was cut off without a word is given up, and comes back', async () => {
  const { session, wakes } = await openSession(7);
  await session.prove();
  expect(wakes()).toBe(0);
  gate.freeze();
  await session.prove();
  await expect.poll(wakes, { timeout: 5000 }).toBe(1);
  await notify('local');
  await expect.poll(wakes).toBe(2);
});

test('without a database a session does not start', async () => {
  await gate.shut();
  onTestFinished(() => gate.open());
  await expect(openSession(6)).rejects.toThrow(/ECONNREFUSED/);
});

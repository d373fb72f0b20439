import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ProberConfig } from '../../prober/config.ts';
import { CHECK_DUE_CHANNEL, PROBER_LOCK_CLASS } from '../../shared/jobs/wake-channel.ts';
import { createSelfSigned } from '../support/certificates.ts';
import { composeProber } from '../support/composed-prober.ts';
import { openGate } from '../support/gate.ts';
import { listenHttp } from '../support/listen.ts';
import { openProberDatabase } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addMonitor, database, decisions, outcome, results, schedule } = prober;
const gate = await openGate(database.urls.prober);

beforeEach(async () => {
  await database.admin('delete from check_schedule');
});

/** A prober that reaches its database through the gate. */
async function openProber(more: Partial<ProberConfig> = {}) {
  const running = await composeProber({ databaseUrl: gate.url, ...more });
  onTestFinished(() => gate.open()); // before it is stopped: the last comes first
  return running;
}

const lockHolders = async () => {
  const rows = await database.admin<{ id: number }>(
    `select objid::int as id from pg_locks where locktype = 'advisory' and classid = $1 and granted
      and database = (select oid from pg_database where datname = current_database())`,
    [PROBER_LOCK_CLASS],
  );
  return rows.map(({ id }) => id);
};

test('a new monitor is checked within a second', async () => {
  await openProber();
  const target = await listenHttp((response) => response.end('hello'));
  const addedAt = performance.now();
  const monitor = await addMonitor({ target: target.url, dueInMs: 0 });
  await database.admin('select pg_notify($1, $2)', [CHECK_DUE_CHANNEL, 'local']);
  await expect.poll(() => results(monitor), { interval: 10 }).toMatchObject([{ outcome: 'up' }]);
  expect(performance.now() - addedAt).toBeLessThan(1000);
  expect(target.requests).toHaveLength(1);
});

test('what is due wakes a prober that would look again only later', async () => {
  const { lines } = await openProber();
  const target = await listenHttp((response) => response.end('hello'));
  const failures = () => lines.filter(({ event }) => event === 'checks.not_claimed').length;
  // After a claim that failed it waits for a second.
  await database.admin('revoke select on check_schedule from statuswatch_prober');
  await expect.poll(failures, { interval: 5 }).toBeGreaterThan(0);
  const failed = failures();
  await expect.poll(failures, { interval: 5, timeout: 3000 }).toBeGreaterThan(failed);
  const waitsSince = performance.now();
  await database.admin('grant select on check_schedule to statuswatch_prober');
  await addMonitor({ target: target.url, dueInMs: 0 });
  await database.admin('select pg_notify($1, $2)', [CHECK_DUE_CHANNEL, 'local']);
  await expect.poll(() => target.requests.length, { interval: 5 }).toBe(1);
  expect(performance.now() - waitsSince).toBeLessThan(900);
});

test('a monitor is checked at each instant of its grid, once, and on time', async () => {
  const { stop } = await openProber();
  const target = await listenHttp((response) => response.end('hello'));
  const monitor = await addMonitor({
    target: target.url,
    dueInMs: 0,
    intervalSeconds: 1,
    timeoutMs: 800,
    phaseMs: 321,
  });
  await expect.poll(async () => (await results(monitor)).length, { timeout: 8000 }).toBeGreaterThan(4);
  await stop();
  const [, ...onGrid] = (await results(monitor)).map(({ slotMs }) => slotMs);
  for (const [index, slotMs] of onGrid.entries()) {
    expect((slotMs - 321) % 1000).toBe(0);
    if (index > 0) expect(slotMs - (onGrid[index - 1] ?? 0)).toBe(1000);
  }
  expect(target.requests).toHaveLength(onGrid.length + 1);
  const late = await database.admin<{ ms: number }>(
    `select extract(epoch from checked_at - slot_at)::float8 * 1000 as ms from check_results where monitor_id = $1 offset 1`,
    [monitor.monitorId],
  );
  expect(Math.min(...late.map(({ ms }) => ms))).toBeGreaterThanOrEqual(0);
  // A busy machine may delay one; where all are late it is not the machine.
  expect(Math.min(...late.map(({ ms }) => ms))).toBeLessThan(100);
});

test.each([1, -1])('a wall clock that is %i h wrong changes nothing', async (hours) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  await openProber();
  const target = await listenHttp((response) => response.end('hello'));
  const monitor = await addMonitor({ target: target.url, dueInMs: 300, intervalSeconds: 2, timeoutMs: 800 });
  await expect.poll(async () => (await results(monitor)).length, { timeout: 8000 }).toBeGreaterThan(1);
  const rows = await database.admin<{ late: number; age: number }>(
    `select extract(epoch from checked_at - slot_at)::float8 as late, extract(epoch from now() - checked_at)::float8 as age
    from check_results where monitor_id = $1`,
    [monitor.monitorId],
  );
  for (const { late, age } of rows) {
    expect(late).toBeGreaterThanOrEqual(-0.05);
    expect(late).toBeLessThan(0.5);
    expect(Math.abs(age)).toBeLessThan(10);
  }
  // They are news, and no history that came too late: the region has spoken, and somebody is to decide.
  expect(await outcome(monitor)).toMatchObject({ outcome: 'up' });
  expect(await decisions()).toContain(monitor.monitorId);
});

test('a prober tells of itself, and counts as alive', async () => {
  const { instanceId } = await openProber({ region: 'eu-west', version: '9.9', host: 'box' });
  const [row] = await database.admin<{ cpu_ratio: number; memory_mib: number }>(
    'select * from prober_instances where id = $1',
    [instanceId],
  );
  expect(row).toMatchObject({ region: 'eu-west', version: '9.9', host: 'box' });
  expect(row?.cpu_ratio).toBeGreaterThanOrEqual(0);
  expect(Math.abs((row?.memory_mib ?? 0) - process.memoryUsage.rss() / 2 ** 20)).toBeLessThan(200);
  expect(await lockHolders()).toContain(instanceId);
});

test('when the way to the database is cut, results wait on disk and the prober comes back by itself', async () => {
  const { instanceId, lines, dataDir } = await openProber();
  const slow = Promise.withResolvers<void>();
  const target = await listenHttp((response) => void slow.promise.then(() => response.end()));
  const cut = await addMonitor({ target: target.url, dueInMs: 0, intervalSeconds: 60 });
  await expect.poll(() => target.requests.length).toBe(1);
  await gate.shut();
  slow.resolve();
  const spool = async () => (await readdir(path.join(dataDir, 'spool')).catch(() => [])).length;
  await expect.poll(spool, { timeout: 10_000 }).toBe(1);
  expect(await lockHolders()).not.toContain(instanceId);
  await gate.open();
  await expect.poll(lockHolders, { timeout: 10_000 }).toContain(instanceId);
  const after = await addMonitor({ target: target.url, dueInMs: 0 });
  await expect.poll(() => results(after), { timeout: 10_000 }).toMatchObject([{ outcome: 'up' }]);
  await expect.poll(() => results(cut), { timeout: 10_000 }).toMatchObject([{ outcome: 'up' }]);
  await expect.poll(spool).toBe(0);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
}, 40_000);

test('a prober that is told to stop finishes what runs, gives back what waits, and lets go of everything', async () => {
  const { stop, instanceId } = await openProber();
  const release = Promise.withResolvers<void>();
  const target = await listenHttp((response) => void release.promise.then(() => response.end()));
  const running = await addMonitor({ target: target.url, dueInMs: 0 });
  await expect.poll(() => target.requests.length).toBe(1);
  const waiting = await addMonitor({ target: target.url, dueInMs: 700 });
  await expect.poll(async () => (await schedule(waiting))[0]?.leasedBy).toBe(instanceId);
  const stopped = stop();
  release.resolve();
  await stopped;
  expect(await results(running)).toMatchObject([{ outcome: 'up' }]);
  expect(await results(waiting)).toEqual([]);
  expect((await schedule(waiting))[0]).toMatchObject({ leasedBy: null, leaseUntilMs: null });
  expect((await schedule(running))[0]?.leasedBy).toBeNull();
  await expect.poll(lockHolders).not.toContain(instanceId);
});

test('what one prober gives back another makes at once', async () => {
  const first = await openProber();
  const target = await listenHttp((response) => response.end());
  const monitor = await addMonitor({ target: target.url, dueInMs: 600 });
  await expect.poll(async () => (await schedule(monitor))[0]?.leasedBy).toBe(first.instanceId);
  await first.stop();
  const second = await openProber();
  await expect.poll(() => results(monitor)).toHaveLength(1);
  expect(second.instanceId).not.toBe(first.instanceId);
});

test('a prober whose database is away says so in one sentence, and leaves nothing open', async () => {
  await gate.shut();
  onTestFinished(() => gate.open());
  const { host } = new URL(gate.url);
  await expect(openProber()).rejects.toThrow(
    `The prober cannot use its database at ${host} (connect ECONNREFUSED ${host}). Start it, or mend PROBER_DATABASE_URL.`,
  );
});

test('a prober whose database was never migrated says so', async () => {
  const empty = new URL(database.adminUrl);
  empty.pathname = '/postgres';
  await expect(openProber({ databaseUrl: empty.toString() })).rejects.toThrow(
    /^The prober cannot use its database at .* \(relation "prober_instances" does not exist\)\./,
  );
});

test('a prober that is cut off says nothing of its targets, and tells the operator so', async () => {
  const reference = await listenHttp((response) => response.end());
  const way = await openGate(reference.url);
  const { lines } = await openProber({
    referenceTargets: [{ host: 'localhost', port: Number(new URL(way.url).port) }],
  });
  await expect.poll(() => reference.connections()).toBeGreaterThan(0);
  const target = { target: 'http://nothing.invalid/', dueInMs: 0, timeoutMs: 1000 };
  const before = await addMonitor(target);
  await expect.poll(() => results(before), { timeout: 5000 }).toMatchObject([{ outcome: 'down' }]);
  await way.shut();
  const meanwhile = await addMonitor(target);
  await expect.poll(() => results(meanwhile), { timeout: 8000 }).toMatchObject([{ outcome: 'void' }]);
  expect(lines.filter(({ event }) => event === 'prober.cut_off').length).toBeGreaterThan(0);
  await way.open();
  const after = await addMonitor(target);
  await expect.poll(() => results(after), { timeout: 8000 }).toMatchObject([{ outcome: 'down' }]);
}, 40_000);

test('a list of networks with a mistake in it stops the prober before it touches the database', async () => {
  await expect(openProber({ allowNetworks: ['10.0.0.0/8', 'my-lan'] })).rejects.toThrow(
    'PROBER_ALLOW_NETWORKS: "my-lan" is not a network such as 10.0.0.0/8.',
  );
});

test('what a target shows in its handshake is kept, though nobody trusts it', async () => {
  const certificate = await createSelfSigned(['shop.example.com']);
  const target = await listenHttp((response) => response.end(), { certificate });
  const monitor = await addMonitor({ target: `${target.url}/` });
  const { stop } = await openProber();
  const kept = () =>
    database.admin<{ region: string; names: string[]; problem: string | null }>(
      `select region, certificate -> 'names' as names, certificate ->> 'problem' as problem
        from monitor_certificates where monitor_id = $1`,
      [monitor.monitorId],
    );
  await expect
    .poll(kept, { timeout: 10_000 })
    .toEqual([{ region: 'local', names: ['shop.example.com'], problem: 'The certificate is self-signed.' }]);
  await stop();
});

import { beforeEach, expect, test } from 'vitest';
import type { FinishedCheck } from '../../prober/record-results.ts';
import type { ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';
import { finished, found, openProberDatabase, type Scheduled } from '../support/prober-database.ts';

const prober = await openProberDatabase();
const { addInstance, addMonitor, addTenant, claim, claimOne, database, passInterval, record } = prober;
const { instanceId } = await addInstance();
const probe = await openProbe();

beforeEach(async () => {
  await database.admin('delete from check_schedule');
});

type Kept = {
  slotMs: number;
  verification: boolean;
  streak: number;
  outcome: string;
  exchange: ExchangeRecord | null;
};

const evidence = ({ monitorId }: Scheduled) =>
  database.admin<Kept>(
    `select extract(epoch from slot_at)::float8 * 1000 as "slotMs", verification, streak, finding ->> 'outcome' as outcome,
      exchange from check_evidence where monitor_id = $1 order by slot_at`,
    [monitorId],
  );

const exchangeOf = (text: string): ExchangeRecord => ({
  hops: [
    {
      method: 'GET',
      url: 'https://example.com/',
      address: '93.184.216.34',
      httpVersion: '1.1',
      tlsVersion: 'TLSv1.3',
      statusCode: 500,
      requestHeaders: [['accept', '*/*']],
      responseHeaders: [['content-type', 'text/plain']],
    },
  ],
  certificate: null,
  body: { text, isWhole: true },
});

let rendered = 0;
/** What a check sent and got, counting how often it was put into words. */
const trace = (text: string) => ({
  toRecord() {
    rendered += 1;
    return exchangeOf(text);
  },
});

/** The monitor is checked once more. */
async function checked(monitor: Scheduled, outcome: 'up' | 'down' | 'degraded' | 'void', text = 'body') {
  await passInterval(monitor);
  const check = await claimOne(instanceId);
  await record([{ ...finished(check, outcome), trace: trace(text) }]);
  return check.slotMs;
}

test('where a region turns, what was sent and came back is kept; a check that repeats a good one costs nothing', async () => {
  const monitor = await addMonitor();
  rendered = 0;
  const first = await checked(monitor, 'up');
  for (let steady = 0; steady < 3; steady++) await checked(monitor, 'up');
  expect(rendered).toBe(1);
  const bad = await checked(monitor, 'down', 'Out of order');
  expect(await evidence(monitor)).toMatchObject([
    { slotMs: first, outcome: 'up', streak: 1 },
    { slotMs: bad, outcome: 'down', streak: 1, exchange: exchangeOf('Out of order') },
  ]);
  const back = await checked(monitor, 'up');
  expect((await evidence(monitor)).at(-1)).toMatchObject({ slotMs: back, outcome: 'up', streak: 1 });
});

test('who claims a check knows whether a good answer could still be evidence', async () => {
  const monitor = await addMonitor();
  const isSteady: boolean[] = [];
  for (const outcome of ['up', 'up', 'up', 'up', 'up', 'up', 'down', 'up'] as const) {
    await passInterval(monitor);
    const check = await claimOne(instanceId);
    isSteady.push(check.isSteady);
    await record([finished(check, outcome)]);
  }
  // Up to five good answers in a row count where a verification is under way.
  expect(isSteady).toEqual([false, false, false, false, false, true, true, false]);
});

test('of a real check there are the requests, the answers and the body, without what is secret', async () => {
  const target = await listenHttp((response) => {
    response.writeHead(503, { 'content-type': 'text/plain', 'set-cookie': 'session=s3cret' });
    response.end('Out of order');
  });
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  const http = { headers: { Authorization: 'Bearer s3cret' } };
  const { finding, trace } = await probe.run(target.url, { http });
  await record([{ check, checkedAtMs: check.slotMs, finding, trace }]);
  const [kept] = await evidence(monitor);
  expect(kept).toMatchObject({
    outcome: 'down',
    exchange: { body: { text: 'Out of order', isWhole: true } },
  });
  expect(kept?.exchange?.hops).toMatchObject([{ method: 'GET', address: '127.0.0.1', statusCode: 503 }]);
  expect(JSON.stringify(kept)).not.toContain('s3cret');
});

/** Wants a check off the grid, as a decision does. */
const want = ({ monitorId }: Scheduled) =>
  database.admin(
    `insert into check_schedule (tenant_id, monitor_id, region, verification, due_at, interval_seconds, phase_ms, timeout_ms)
      select tenant_id, monitor_id, region, true, date_trunc('milliseconds', clock_timestamp()) + interval '1 hour',
        interval_seconds, phase_ms, timeout_ms from check_schedule where monitor_id = $1`,
    [monitorId],
  );

/** Brings the check off the grid forward, and makes it alone. */
async function verified(monitor: Scheduled, outcome: 'up' | 'down' | 'void') {
  await database.admin(
    `update check_schedule set due_at = date_trunc('milliseconds', clock_timestamp()) + (not verification)::int * interval '1 hour'
      where monitor_id = $1`,
    [monitor.monitorId],
  );
  const check = await claimOne(instanceId);
  await record([{ ...finished(check, outcome), trace: trace('verified') }]);
  return check.slotMs;
}

/** As `checked`, while a check off the grid is still to come. */
async function checkedMeanwhile(monitor: Scheduled, outcome: 'up' | 'down') {
  await database.admin(
    `update check_schedule set due_at = date_trunc('milliseconds', clock_timestamp()) + verification::int * interval '1 hour'
      where monitor_id = $1`,
    [monitor.monitorId],
  );
  const check = await claimOne(instanceId);
  await record([{ ...finished(check, outcome), trace: trace('meanwhile') }]);
  return check.slotMs;
}

test('a check that was asked for is kept whatever it found, and so is one of the grid while another is to come', async () => {
  const monitor = await addMonitor();
  const first = await checked(monitor, 'up');
  await checked(monitor, 'up');
  await want(monitor);
  const meanwhile = await checkedMeanwhile(monitor, 'up');
  const asked = await verified(monitor, 'up');
  expect(await evidence(monitor)).toMatchObject([
    { slotMs: first, streak: 1 },
    { slotMs: meanwhile, verification: false, streak: 3, outcome: 'up' },
    { slotMs: asked, verification: true, streak: 4, outcome: 'up' },
  ]);
});

test('a check that somebody asks for is kept however long nothing has turned', async () => {
  const monitor = await addMonitor();
  for (let steady = 0; steady < 7; steady++) await checked(monitor, 'up');
  await want(monitor);
  await verified(monitor, 'up');
  expect(await evidence(monitor)).toMatchObject([{ streak: 1 }, { streak: 8, verification: true }]);
});

test('what says nothing about the target, comes too late, or is of another monitor by now is no evidence', async () => {
  const monitor = await addMonitor();
  await checked(monitor, 'void');
  await passInterval(monitor);
  const late = await claimOne(instanceId);
  await record([{ ...finished(late, 'down'), trace: trace('late') }], late.slotMs + 600_000);
  await passInterval(monitor);
  const edited = await claimOne(instanceId);
  // As an edit does: it is due anew, at another instant.
  await database.admin(
    `update check_schedule set due_at = due_at + interval '1 second' where monitor_id = $1`,
    [monitor.monitorId],
  );
  await record([{ ...finished(edited, 'down'), trace: trace('edited') }]);
  expect(await evidence(monitor)).toEqual([]);
});

test('every failure that may count is kept; later ones take each other’s place, so the newest is there', async () => {
  const monitor = await addMonitor({ intervalSeconds: 60 });
  const slots: number[] = [];
  for (let failure = 1; failure <= 10; failure++)
    slots.push(await checked(monitor, 'down', `No. ${failure}`));
  const kept = await evidence(monitor);
  expect(kept.map(({ slotMs }) => slotMs)).toEqual([...slots.slice(0, 6), slots[9]]);
  expect(kept.at(-1)?.exchange?.body?.text).toBe('No. 10');
});

test('a failure that goes on is put into words once a minute, however often it is checked', async () => {
  const monitor = await addMonitor({ intervalSeconds: 10, timeoutMs: 5000 });
  for (let failure = 1; failure <= 6; failure++) await checked(monitor, 'down');
  rendered = 0;
  for (let failure = 7; failure <= 24; failure++) await checked(monitor, 'down');
  expect(rendered).toBe(3);
  expect((await evidence(monitor)).map(({ streak }) => streak)).toEqual([1, 2, 3, 4, 5, 6, 24]);
});

test('what a change of state rests on is not taken away by a later failure', async () => {
  const monitor = await addMonitor();
  for (let failure = 1; failure <= 7; failure++) await checked(monitor, 'degraded');
  await database.admin(
    'update check_evidence set state_change_id = gen_random_uuid() where monitor_id = $1',
    [monitor.monitorId],
  );
  await checked(monitor, 'degraded');
  expect((await evidence(monitor)).map(({ streak }) => streak)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a batch that fails as one drops what repeats first, then bodies, and keeps what was found', async () => {
  const tenantId = await addTenant();
  const monitors = await Promise.all(Array.from({ length: 40 }, () => addMonitor({ tenantId })));
  const [repeating, ...others] = monitors;
  if (repeating === undefined) throw new Error('There is no monitor.');
  await database.admin(`update region_outcomes set outcome = 'down', streak = 20 where monitor_id = $1`, [
    repeating.monitorId,
  ]);
  const huge = 'x'.repeat(100 * 1024);
  const batch = (await claim(instanceId)).map(
    (check): FinishedCheck => ({ ...finished(check, 'down'), trace: trace(huge) }),
  );
  await record(batch);
  expect(await evidence(repeating)).toEqual([]);
  const kept = (await Promise.all(others.map(evidence))).flat();
  expect(kept).toHaveLength(others.length);
  const bodies = kept.map(({ exchange }) => exchange?.body?.text.length ?? -1);
  const whole = bodies.filter((length) => length === huge.length).length;
  expect(whole).toBeGreaterThan(10);
  expect(whole).toBeLessThan(21);
  expect(kept.every(({ outcome, exchange }) => outcome === 'down' && exchange?.hops.length === 1)).toBe(true);
});

test('what Postgres cannot keep does not cost the result', async () => {
  const monitor = await addMonitor();
  const check = await claimOne(instanceId);
  const finding = { ...found('down'), reason: 'Status 500, expected 200 to 399.' };
  await record([{ check, checkedAtMs: check.slotMs, finding, trace: trace('a\0b \uD800 c') }]);
  const [kept] = await evidence(monitor);
  expect(kept?.exchange?.body?.text).toBe('a\uFFFDb \uFFFD c');
});

test('a result that was spooled is evidence without what was sent', async () => {
  const monitor = await addMonitor();
  await record([finished(await claimOne(instanceId), 'down')]);
  expect(await evidence(monitor)).toMatchObject([{ outcome: 'down', exchange: null }]);
});

test('to record a batch a second time keeps what it kept', async () => {
  const monitor = await addMonitor();
  const batch = [{ ...finished(await claimOne(instanceId), 'down'), trace: trace('first') }];
  await record(batch);
  const before = await evidence(monitor);
  await record(batch.map((each) => ({ ...each, trace: trace('second') })));
  expect(await evidence(monitor)).toEqual(before);
});

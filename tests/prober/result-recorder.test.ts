import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../prober/log.ts';
import { type FinishedCheck, recordResults } from '../../prober/record-results.ts';
import { ResultRecorder } from '../../prober/result-recorder.ts';
import { ResultSpool } from '../../prober/result-spool.ts';
import { openGate } from '../support/gate.ts';
import { finished, openProberDatabase } from '../support/prober-database.ts';
import type { LogLine } from '../support/test-server.ts';

const prober = await openProberDatabase();
const { addMonitor, claim, results, database } = prober;
const { instanceId } = await prober.addInstance();

// The way to the database that a test can shut.
const gate = await openGate(database.urls.prober);
const pool = new pg.Pool({ connectionString: gate.url, max: 2 });
pool.on('error', () => {}); // a connection that is cut while idle
afterAll(async () => {
  await pool.end();
});

let folder = '';
let lines: LogLine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sw-prober-spool-'));
  lines = [];
  await database.admin('delete from check_schedule');
  onTestFinished(async () => {
    await gate.open();
    await rm(folder, { recursive: true, force: true });
  });
});

const spoolFolder = () => path.join(folder, 'spool');
const spooled = async () =>
  (await readdir(spoolFolder()).catch(() => [])).filter((name) => name.endsWith('.json'));
const events = () => lines.map(({ event }) => event);

function openRecorder(record = (batch: FinishedCheck[]) => recordResults(pool, batch, Date.now())) {
  const recorder = new ResultRecorder({
    record,
    spool: new ResultSpool(spoolFolder()),
    log: createLog('debug', { write: (line) => lines.push(JSON.parse(line)) }),
  });
  return recorder;
}

/** Checks that are claimed and done, one for each new monitor. */
async function makeFinished(count: number): Promise<FinishedCheck[]> {
  for (let index = 0; index < count; index++) await addMonitor();
  return (await claim(instanceId)).map((check) => finished(check));
}

const countOf = async (batch: FinishedCheck[]) => {
  const [row] = await database.admin<{ count: number }>(
    'select count(*)::int as count from check_results where monitor_id = any($1)',
    [batch.map(({ check }) => check.monitorId)],
  );
  return row?.count;
};

test('results are recorded in one batch, soon after they come', async () => {
  let batches = 0;
  const recorder = openRecorder(async (batch) => {
    if (batch.length > 0) batches += 1;
    await recordResults(pool, batch, Date.now());
  });
  const batch = await makeFinished(20);
  for (const each of batch) recorder.add(each, false);
  await expect.poll(() => countOf(batch)).toBe(20);
  expect(batches).toBe(1);
  await recorder.stop();
});

test('with the database away results wait on disk, and are recorded when it is back', async () => {
  const recorder = openRecorder();
  const [first, second, ...rest] = await makeFinished(5);
  if (first === undefined || second === undefined) throw new Error('Too few.');
  await gate.shut();
  recorder.add(first, true);
  await expect.poll(async () => (await spooled()).length).toBe(1);
  recorder.add(second, true);
  await expect.poll(async () => (await spooled()).length).toBe(2);
  expect(await countOf([first, second])).toBe(0);
  await gate.open();
  for (const each of rest) recorder.add(each, true);
  await expect.poll(() => countOf([first, second, ...rest])).toBe(5);
  await expect.poll(spooled).toEqual([]);
  expect(lines.find(({ event }) => event === 'results.spool_drained')).toMatchObject({ results: 2 });
  await recorder.stop();
});

test('what a former run left on disk is recorded, oldest first', async () => {
  const batch = await makeFinished(3);
  const [a, b, c] = batch;
  if (a === undefined || b === undefined || c === undefined) throw new Error('Too few.');
  const spool = new ResultSpool(spoolFolder());
  await spool.put([a]);
  await spool.put([b]);
  const order: string[] = [];
  const recorder = openRecorder(async (given) => {
    order.push(...given.map(({ check }) => check.monitorId));
    await recordResults(pool, given, Date.now());
  });
  recorder.add(c, true);
  await expect.poll(() => countOf(batch)).toBe(3);
  expect(order).toEqual([c, a, b].map(({ check }) => check.monitorId));
  await recorder.stop();
});

test('one result that the database refuses takes no other with it', async () => {
  const batch = await makeFinished(9);
  const [old, ...others] = batch;
  if (old === undefined) throw new Error('Too few.');
  const ancient = { ...old, check: { ...old.check, slotMs: Date.UTC(2020, 0, 1) } }; // no partition holds that day
  const recorder = openRecorder();
  recorder.add(ancient, false);
  for (const each of others) recorder.add(each, false);
  await expect.poll(() => countOf(others)).toBe(8);
  await expect
    .poll(() => lines.filter(({ event }) => event === 'results.refused'))
    .toMatchObject([
      { level: 'error', monitorId: old.check.monitorId, slotAt: '2020-01-01T00:00:00.000Z', outcome: 'up' },
    ]);
  expect(await spooled()).toEqual([]);
  await recorder.stop();
});

test('a refused result in the spool does not keep the others there', async () => {
  const batch = await makeFinished(4);
  const [old, b, c, d] = batch;
  if (old === undefined || b === undefined || c === undefined || d === undefined) throw new Error('Too few.');
  const spool = new ResultSpool(spoolFolder());
  await spool.put([{ ...old, check: { ...old.check, slotMs: Date.UTC(2020, 0, 1) } }, b]);
  await spool.put([c]);
  const recorder = openRecorder();
  recorder.add(d, true);
  await expect.poll(() => countOf([b, c, d])).toBe(3);
  await expect.poll(spooled).toEqual([]);
  await recorder.stop();
});

test('a file that a crash cut short is set aside, and the others are recorded', async () => {
  const batch = await makeFinished(3);
  const [a, b, c] = batch;
  if (a === undefined || b === undefined || c === undefined) throw new Error('Too few.');
  const spool = new ResultSpool(spoolFolder());
  await spool.put([a]);
  const [name] = await spooled();
  await truncate(path.join(spoolFolder(), name ?? ''), 40);
  await spool.put([b]);
  const recorder = openRecorder();
  recorder.add(c, true);
  await expect.poll(() => countOf([b, c])).toBe(2);
  await expect.poll(events).toContain('results.spool_unreadable');
  expect(await spooled()).toEqual([]);
  expect((await readdir(spoolFolder())).filter((file) => file.endsWith('.unreadable'))).toHaveLength(1);
  await recorder.stop();
});

test('when the spool is full, results wait in memory until the database is back', async () => {
  const batch = await makeFinished(3);
  await new ResultSpool(spoolFolder()).put([]);
  const [name] = await spooled();
  await truncate(path.join(spoolFolder(), name ?? ''), 64 * 1024 * 1024);
  await gate.shut();
  const recorder = openRecorder();
  for (const each of batch) recorder.add(each, true);
  await expect.poll(events).toContain('results.not_spooled');
  await gate.open();
  await expect.poll(() => countOf(batch)).toBe(3);
  await recorder.stop();
});

test('when the disk takes nothing, results wait in memory until the database is back', async () => {
  await writeFile(spoolFolder(), 'a file where the folder should be');
  const batch = await makeFinished(3);
  await gate.shut();
  const recorder = openRecorder();
  for (const each of batch) recorder.add(each, true);
  await expect.poll(events).toContain('results.not_spooled');
  expect(lines.filter(({ lost }) => typeof lost === 'number' && lost > 0)).toEqual([]);
  await gate.open();
  await expect.poll(() => countOf(batch)).toBe(3);
  await recorder.stop();
});

test('a prober that stops with the database away leaves everything on disk', async () => {
  const batch = await makeFinished(3);
  const recorder = openRecorder();
  await gate.shut();
  for (const each of batch) recorder.add(each, false);
  await recorder.stop();
  const names = await spooled();
  const kept = await Promise.all(names.map(async (name) => readFile(path.join(spoolFolder(), name), 'utf8')));
  expect(kept.flatMap((text) => JSON.parse(text) as FinishedCheck[])).toHaveLength(3);
  await gate.open();
  const next = openRecorder();
  const [one] = await makeFinished(1);
  if (one === undefined) throw new Error('Too few.');
  next.add(one, true);
  await expect.poll(() => countOf(batch)).toBe(3);
  await next.stop();
});

test('a prober that stops with neither database nor disk ends, and says what it lost', async () => {
  await writeFile(spoolFolder(), 'a file where the folder should be');
  const batch = await makeFinished(3);
  const recorder = openRecorder();
  await gate.shut();
  for (const each of batch) recorder.add(each, false);
  await recorder.stop();
  expect(lines.find(({ event }) => event === 'results.lost')).toMatchObject({ level: 'error', results: 3 });
});

test('two probers may share a folder', async () => {
  const batch = await makeFinished(40);
  const spool = new ResultSpool(spoolFolder());
  for (const each of batch.slice(0, 38)) await spool.put([each]);
  const recorders = [openRecorder(), openRecorder()];
  for (const [index, recorder] of recorders.entries()) {
    const own = batch[38 + index];
    if (own !== undefined) recorder.add(own, true);
  }
  await expect.poll(() => countOf(batch)).toBe(40);
  await expect.poll(spooled).toEqual([]);
  for (const recorder of recorders) await recorder.stop();
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('two results of one monitor are recorded one after the other', async () => {
  const monitor = await addMonitor();
  const [check] = await claim(instanceId);
  if (check === undefined) throw new Error('Nothing was due.');
  const sizes: number[] = [];
  const recorder = openRecorder(async (given) => {
    sizes.push(given.length);
    await recordResults(pool, given, Date.now());
  });
  recorder.add(finished(check), false);
  recorder.add({ ...finished(check), check: { ...check, slotMs: check.slotMs + 1000 } }, false);
  await expect.poll(async () => (await results(monitor)).length).toBe(2);
  expect(sizes.slice(0, 2)).toEqual([1, 1]);
  await recorder.stop();
});

test('news that comes while a batch is written goes out right after it', async () => {
  const [first, second] = await makeFinished(2);
  if (first === undefined || second === undefined) throw new Error('Too few.');
  const release = Promise.withResolvers<void>();
  const calls: number[] = [];
  const recorder = openRecorder(async () => {
    calls.push(performance.now());
    if (calls.length === 1) await release.promise;
  });
  recorder.add(first, true);
  await expect.poll(() => calls.length).toBe(1);
  recorder.add(second, true);
  const releasedAt = performance.now();
  release.resolve();
  await expect.poll(() => calls.length, { interval: 5 }).toBe(2);
  expect((calls[1] ?? 0) - releasedAt).toBeLessThan(200); // what merely repeats waits 250
  await recorder.stop();
});

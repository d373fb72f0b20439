import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ClaimedCheck } from '../../prober/claim-due-checks.ts';
import { ResultSpool, SpoolFull } from '../../prober/result-spool.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { finished } from '../support/prober-database.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sw-prober-spool-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const checkOf = (monitorId: string): ClaimedCheck => ({
  tenantId: 'tenant',
  monitorId,
  region: 'local',
  verification: false,
  slotMs: Date.UTC(2026, 10, 24),
  intervalMs: 60_000,
  phaseMs: 0,
  isSteady: false,
  spec: {
    kind: 'http',
    target: 'https://example.com/',
    http: {
      ...PLAIN_HTTP,
      headers: { Authorization: 'Bearer s3cret' },
      body: 's3cret',
    },
    assertions: [],
    timeoutMs: 10_000,
    degradedAfterMs: null,
    certificateDays: null,
  },
});
const resultOf = (monitorId: string) => finished(checkOf(monitorId), 'down');
const names = async () => (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();

test('what went in comes out, oldest first, and is gone', async () => {
  const spool = new ResultSpool(folder);
  for (const id of ['a', 'b', 'c']) await spool.put([resultOf(id), resultOf(`${id}2`)]);
  const seen: string[] = [];
  const drained = await spool.drain(async (batch) => {
    seen.push(...batch.map(({ check }) => check.monitorId));
    expect(batch[0]?.finding).toEqual(resultOf('a').finding);
  });
  expect(seen).toEqual(['a', 'a2', 'b', 'b2', 'c', 'c2']);
  expect(drained).toEqual({ results: 6, unreadable: [] });
  expect(await names()).toEqual([]);
});

test('what could not be recorded stays, with what came after it', async () => {
  const spool = new ResultSpool(folder);
  for (const id of ['a', 'b', 'c']) await spool.put([resultOf(id)]);
  const failing = spool.drain(async ([first]) => {
    if (first?.check.monitorId === 'b') throw new Error('the database is away');
  });
  await expect(failing).rejects.toThrow('the database is away');
  expect(await names()).toHaveLength(2);
});

test('how a monitor asks, which may hold secrets, is not written to disk, and others may not read what is', async () => {
  const spool = new ResultSpool(path.join(folder, 'spool'));
  await spool.put([resultOf('a')]);
  const [name = ''] = await readdir(path.join(folder, 'spool'));
  const file = path.join(folder, 'spool', name);
  expect(await readFile(file, 'utf8')).not.toContain('s3cret');
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect((await stat(path.dirname(file))).mode & 0o077).toBe(0);
});

test('a batch that another prober of the folder records at the same moment is no trouble', async () => {
  const spool = new ResultSpool(folder);
  await spool.put([resultOf('a')]);
  await spool.put([resultOf('b')]);
  const drained = await spool.drain(async () => {
    for (const name of await names()) await rm(path.join(folder, name));
  });
  expect(drained).toEqual({ results: 1, unreadable: [] });
});

test('a file that a crash cut short is set aside, and named', async () => {
  const spool = new ResultSpool(folder);
  await spool.put([resultOf('a')]);
  const [name = ''] = await names();
  await truncate(path.join(folder, name), 30);
  await spool.put([resultOf('b')]);
  const seen: string[] = [];
  const drained = await spool.drain(async ([first]) => void seen.push(first?.check.monitorId ?? ''));
  expect(seen).toEqual(['b']);
  expect(drained).toEqual({ results: 1, unreadable: [path.join(folder, name)] });
  expect(await readdir(folder)).toEqual([`${name}.unreadable`]);
  expect(await spool.drain(async () => {})).toEqual({ results: 0, unreadable: [] });
});

test('a spool that is full takes no more, and says so', async () => {
  const spool = new ResultSpool(folder);
  await spool.put([resultOf('a')]);
  const [name = ''] = await names();
  await truncate(path.join(folder, name), 64 * 1024 * 1024);
  await expect(spool.put([resultOf('b')])).rejects.toThrow(SpoolFull);
  expect(await readdir(folder)).toEqual([name]);
});

test('a folder that is not there is an empty one', async () => {
  const spool = new ResultSpool(path.join(folder, 'nowhere'));
  expect(await spool.drain(async () => {})).toEqual({ results: 0, unreadable: [] });
});

test('a folder that can never be made is an error at once', async () => {
  await expect(new ResultSpool('/proc/nowhere/spool').put([resultOf('one')])).rejects.toThrow(/ENOENT/);
});

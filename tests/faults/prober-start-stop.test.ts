import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { openFaultBox } from '../support/fault-box.ts';
import { MONITOR_KEY } from '../support/monitor-key.ts';
import { openTarget } from '../support/open-target.ts';
import { runProcess } from '../support/run-process.ts';
import { freePort } from '../support/test-server.ts';

const box = await openFaultBox();
let answerAfterMs = 0;
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), answerAfterMs));
afterAll(target.close);

/** The only line a process wrote, parsed; fails when it wrote more, or something else. */
const onlyLine = (output: string) => {
  const lines = output.trim().split('\n');
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
};

test('a prober that finds no database says so in one sentence, and ends with 1', async () => {
  const port = await freePort();
  const prober = runProcess('prober/main.ts', {
    PROBER_DATABASE_URL: `postgres://statuswatch_prober:secret@127.0.0.1:${port}/statuswatch`,
    MONITOR_KEY,
  });
  expect(await prober.ended()).toBe(1);
  expect(onlyLine(prober.output())).toMatchObject({
    level: 'fatal',
    event: 'prober.refused',
    msg: `The prober cannot use its database at 127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port}). Start it, or mend PROBER_DATABASE_URL.`,
  });
  expect(prober.output()).not.toContain('secret');
});

test('a prober that is told no database, or nonsense, says what is wrong, and ends with 1', async () => {
  for (const [environment, sentence] of [
    [{}, 'PROBER_DATABASE_URL is missing: set it to the URL of the role statuswatch_prober.'],
    [
      { PROBER_DATABASE_URL: 'mysql://x' },
      'PROBER_DATABASE_URL must be a URL such as postgres://user:password@host:5432/statuswatch.',
    ],
    [
      { PROBER_DATABASE_URL: box.urls.prober, PROBER_REGION: 'Europe West' },
      'A region is lower-case letters, digits and hyphens, 32 at most.',
    ],
    [
      { PROBER_DATABASE_URL: box.urls.prober, LOG_LEVEL: 'loud' },
      'LOG_LEVEL is one of fatal, error, warn, info, debug, trace, silent.',
    ],
    [
      { PROBER_DATABASE_URL: box.urls.prober, PROBER_ALLOW_NETWORKS: 'my-lan' },
      'PROBER_ALLOW_NETWORKS must be a list of networks such as 10.0.0.0/8, with commas between them.',
    ],
    [
      { PROBER_DATABASE_URL: box.urls.prober, MONITOR_KEY: '' },
      'MONITOR_KEY is missing: set it to 32 random bytes in base64, for example from "openssl rand -base64 32", and to the same for server and probers.',
    ],
    [
      { PROBER_DATABASE_URL: box.urls.prober, MONITOR_KEY: `${MONITOR_KEY},c2hvcnQ` },
      'Key 2 of MONITOR_KEY is too short: use 32 random bytes',
    ],
  ] as const) {
    const prober = runProcess('prober/main.ts', { MONITOR_KEY, ...environment });
    expect(await prober.ended()).toBe(1);
    const line = onlyLine(prober.output());
    expect(line).toMatchObject({ level: 'fatal' });
    expect(line.msg).toContain(sentence);
  }
});

test('a prober with a wrong password says so, and ends with 1', async () => {
  const url = new URL(box.urls.prober);
  url.password = 'wrong-password';
  const prober = runProcess('prober/main.ts', { PROBER_DATABASE_URL: url.toString(), MONITOR_KEY });
  expect(await prober.ended()).toBe(1);
  expect(onlyLine(prober.output()).msg).toMatch(
    /password authentication failed for user "statuswatch_prober"/,
  );
  expect(prober.output()).not.toContain('wrong-password');
});

test('SIGTERM in the middle of checks loses none of them, and ends with 0', async () => {
  answerAfterMs = 1500;
  onTestFinished(() => {
    answerAfterMs = 0;
  });
  const prober = await box.startProber();
  await box.addMonitors(30, { target: `${target.url}/`, intervalSeconds: 10, timeoutMs: 8000 });
  await expect.poll(() => target.requests(), { timeout: 15_000 }).toBeGreaterThan(4);
  const asked = target.requests();
  prober.child.kill('SIGTERM');
  expect(await prober.ended()).toBe(0);
  const [row] = await box.ask<{ results: number; leased: number }>(
    `select (select count(*)::int from check_results where outcome = 'up') as results,
      (select count(*)::int from check_schedule where leased_by is not null) as leased`,
  );
  expect(row?.results).toBeGreaterThanOrEqual(asked);
  expect(row?.results).toBe(target.requests()); // whatever was begun was finished and recorded
  expect(row?.leased).toBe(0);
  expect(prober.lines().map(({ event }) => event)).toEqual([
    'prober.started',
    'prober.stopping',
    'prober.stopped',
  ]);
});

test('SIGTERM with the database away ends soon, and what was found waits on disk for the next prober', async () => {
  await box.ask('delete from check_schedule');
  await box.ask('delete from check_results');
  answerAfterMs = 1000;
  const prober = await box.startProber();
  await box.addMonitors(30, { target: `${target.url}/`, intervalSeconds: 10, timeoutMs: 8000 });
  const asked = target.requests();
  await expect.poll(() => target.requests(), { timeout: 15_000 }).toBeGreaterThan(asked + 2);
  await box.stopPostgres('fast');
  const toldAt = performance.now();
  prober.child.kill('SIGTERM');
  expect(await prober.ended()).toBe(1);
  expect(performance.now() - toldAt).toBeLessThan(15_000);
  const files = await readdir(path.join(prober.dataDir, 'spool'));
  expect(files.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(0);
  await box.startPostgres();

  answerAfterMs = 0;
  const next = runProcess('prober/main.ts', {
    PROBER_DATABASE_URL: box.urls.prober,
    MONITOR_KEY,
    PROBER_ALLOW_NETWORKS: '127.0.0.0/8',
    DATA_DIR: prober.dataDir,
  });
  await next.event('results.spool_drained', 30_000);
  expect(
    (await readdir(path.join(prober.dataDir, 'spool'))).filter((name) => name.endsWith('.json')),
  ).toEqual([]);
  next.child.kill('SIGTERM');
  expect(await next.ended()).toBe(0);
});

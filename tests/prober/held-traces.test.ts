import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../prober/log.ts';
import type { FinishedCheck } from '../../prober/record-results.ts';
import { ResultRecorder } from '../../prober/result-recorder.ts';
import { ResultSpool } from '../../prober/result-spool.ts';
import { found } from '../support/prober-database.ts';
import type { LogLine } from '../support/test-server.ts';

let folder = '';
let isAway = true;
let recorded: FinishedCheck[] = [];
let lines: LogLine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sw-held-traces-'));
  isAway = true;
  recorded = [];
  lines = [];
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const openRecorder = (spool: string) =>
  new ResultRecorder({
    record: async (batch) => {
      if (isAway) throw new Error('the database is away');
      recorded.push(...batch);
    },
    spool: new ResultSpool(path.join(folder, spool)),
    log: createLog('debug', { write: (line) => lines.push(JSON.parse(line)) }),
  });

const traced = (monitorId: string): FinishedCheck => ({
  check: {
    ...{ tenantId: 't', monitorId, region: 'local', verification: false },
    ...{ slotMs: Date.UTC(2026, 10, 24), intervalMs: 60_000, phaseMs: 0 },
  },
  checkedAtMs: Date.UTC(2026, 10, 24),
  finding: found('down'),
  trace: Object.assign({ body: 's3cret' }, { toRecord: () => ({ hops: [], certificate: null, body: null }) }),
});

test('what a check sent and got is not written to disk', async () => {
  const recorder = openRecorder('spool');
  recorder.add(traced('a'), true);
  const read = async () => {
    const names = await readdir(path.join(folder, 'spool')).catch(() => []);
    return Promise.all(names.map((name) => readFile(path.join(folder, 'spool', name), 'utf8')));
  };
  await expect.poll(async () => (await read()).length).toBe(1);
  const [text = ''] = await read();
  expect(text).toContain('Status 500');
  expect(text).not.toContain('s3cret');
  await recorder.stop();
});

test('while neither database nor disk takes anything, only what was found is held in memory', async () => {
  await writeFile(path.join(folder, 'file'), 'where the folder should be');
  const recorder = openRecorder('file');
  recorder.add(traced('a'), true);
  await expect.poll(() => lines.map(({ event }) => event)).toContain('results.not_spooled');
  isAway = false;
  await expect.poll(() => recorded.length).toBe(1);
  expect(recorded[0]).toMatchObject({ finding: found('down'), trace: null });
  await recorder.stop();
});

test('of more than a thousand results that wait the later ones let go of what was sent', async () => {
  isAway = false;
  const recorder = openRecorder('spool');
  // All in one turn, so that none is written in between.
  for (let index = 0; index < 1700; index++) recorder.add(traced(`m${index}`), false);
  await recorder.stop();
  expect(recorded).toHaveLength(1700);
  const kept = recorded.filter(({ trace }) => trace !== null && trace !== undefined);
  expect(kept).toHaveLength(1500); // the first 500 were on their way already
});

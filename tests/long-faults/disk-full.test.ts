import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFaultBox } from '../support/fault-box.ts';
import {
  changesOf,
  everyMonitorIsCheckedAgain,
  expectNoSlotLost,
  expectPeacefulEnd,
  outcomesOf,
  statesOf,
} from '../support/fault-facts.ts';
import { openTarget } from '../support/open-target.ts';

const INTERVAL_SECONDS = 30;
const MONITORS = 150;

const box = await openFaultBox();
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 500));
afterAll(target.close);

/** The system takes no byte into any file of that process, as a full disk; until it does again. */
const limitFiles = (pid: number | undefined, bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);

test('the database is away and the disk is full: results wait in memory, then on disk, and none is lost', async () => {
  await box.startServer();
  const prober = await box.startProber();
  await box.addMonitors(MONITORS, {
    target: `${target.url}/`,
    intervalSeconds: INTERVAL_SECONDS,
    timeoutMs: 5000,
  });
  await expect.poll(() => statesOf(box), { timeout: 60_000, interval: 250 }).toEqual({ up: MONITORS });
  const spooled = async () =>
    (await readdir(path.join(prober.dataDir, 'spool'))).filter((name) => name.endsWith('.json')).length;
  const count = (event: string) => prober.lines().filter((line) => line.event === event).length;

  limitFiles(prober.child.pid, 0);
  await box.stopPostgres('immediate');
  await prober.event('results.not_spooled', 30_000);
  expect(await spooled()).toBe(0);
  const tries = count('results.not_spooled');
  await expect.poll(() => count('results.not_spooled'), { timeout: 30_000 }).toBeGreaterThan(tries + 2);

  limitFiles(prober.child.pid, 'unlimited');
  await expect.poll(spooled, { timeout: 30_000 }).toBeGreaterThan(0);
  await box.startPostgres();
  await prober.event('results.spool_drained', 60_000);
  await everyMonitorIsCheckedAgain(box, 90_000);

  expect(prober.lines().filter(({ lost }) => typeof lost === 'number' && lost > 0)).toEqual([]);
  await expectNoSlotLost(box, MONITORS, INTERVAL_SECONDS);
  expect(await outcomesOf(box)).toEqual(['up']);
  expect((await changesOf(box)).filter((change) => change.endsWith('down'))).toEqual([]);
  await expectPeacefulEnd(box, [prober]);
});

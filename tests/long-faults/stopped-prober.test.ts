import { setTimeout as delay } from 'node:timers/promises';
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

/** What a stopped prober had leased is free 5 s after its deadline: 9 s after the slot. */
const INTERVAL_SECONDS = 20;
const MONITORS = 100;
const STOPPED_MS = 90_000;

const [boxOfOne, boxOfTwo] = [await openFaultBox(), await openFaultBox()];
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 200));
afterAll(target.close);
const monitors = { target: `${target.url}/`, intervalSeconds: INTERVAL_SECONDS, timeoutMs: 4000 };

test('the only prober stands still for 90 s: what it watched is unknown, then up again, and never down', async () => {
  const box = boxOfOne;
  await box.startServer();
  const prober = await box.startProber();
  await box.addMonitors(MONITORS, monitors);
  await expect.poll(() => statesOf(box), { timeout: 40_000, interval: 250 }).toEqual({ up: MONITORS });

  prober.child.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await expect.poll(() => statesOf(box), { timeout: 80_000, interval: 250 }).toEqual({ unknown: MONITORS });
  await delay(STOPPED_MS - (performance.now() - stoppedAt)); // as long as the promise says
  prober.child.kill('SIGCONT');

  await expect.poll(() => statesOf(box), { timeout: 60_000, interval: 250 }).toEqual({ up: MONITORS });
  await everyMonitorIsCheckedAgain(box, 40_000);
  expect((await outcomesOf(box)).filter((outcome) => outcome !== 'void')).toEqual(['up']);
  expect(await changesOf(box)).toEqual(['pending -> up', 'unknown -> up', 'up -> unknown']);
  await expectPeacefulEnd(box, [prober]);
});

test('one of two probers stands still for 90 s: the other makes its checks, and nothing changes', async () => {
  const box = boxOfTwo;
  await box.startServer();
  const stopped = await box.startProber();
  const other = await box.startProber();
  await box.addMonitors(MONITORS, monitors);
  await expect.poll(() => statesOf(box), { timeout: 40_000, interval: 250 }).toEqual({ up: MONITORS });

  stopped.child.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await everyMonitorIsCheckedAgain(box, 60_000);
  await delay(STOPPED_MS - (performance.now() - stoppedAt)); // as long as the promise says
  stopped.child.kill('SIGCONT');
  await everyMonitorIsCheckedAgain(box, 40_000);

  await expectNoSlotLost(box, MONITORS, INTERVAL_SECONDS);
  expect((await outcomesOf(box)).filter((outcome) => outcome !== 'void')).toEqual(['up']);
  expect(await changesOf(box)).toEqual(['pending -> up']);
  await expectPeacefulEnd(box, [stopped, other]);
});

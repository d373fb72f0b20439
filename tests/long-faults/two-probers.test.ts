import { afterAll, expect, test } from 'vitest';
import { openFaultBox, type RunningProber } from '../support/fault-box.ts';
import {
  changesOf,
  everyMonitorIsCheckedAgain,
  expectNoSlotLost,
  expectPeacefulEnd,
  outcomesOf,
  statesOf,
} from '../support/fault-facts.ts';
import { openGate } from '../support/gate.ts';
import { openTarget } from '../support/open-target.ts';

const MONITORS = 500;
/** What a prober had leased when it was cut off is free 5 s after its deadline, the rows it had locked 5 s later. */
const SELDOM_SECONDS = 30;
const OFTEN_SECONDS = 10;

const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 150));
afterAll(target.close);

async function openWatched(intervalSeconds: number) {
  const box = await openFaultBox();
  await box.startServer();
  return {
    box,
    async watch() {
      await box.addMonitors(MONITORS, { target: `${target.url}/`, intervalSeconds, timeoutMs: 4000 });
      await expect.poll(() => statesOf(box), { timeout: 60_000, interval: 250 }).toEqual({ up: MONITORS });
    },
    async expectNothingHappened() {
      await expectNoSlotLost(box, MONITORS, intervalSeconds);
      expect(await outcomesOf(box)).toEqual(['up']);
      expect(await changesOf(box)).toEqual(['pending -> up']);
    },
  };
}

const [ofADeath, ofACut, ofDeployments] = [
  await openWatched(OFTEN_SECONDS),
  await openWatched(SELDOM_SECONDS),
  await openWatched(OFTEN_SECONDS),
];
const gate = await openGate(ofACut.box.urls.prober);

test('of two probers of a region one dies for good: the other makes all checks', async () => {
  const { box, watch, expectNothingHappened } = ofADeath;
  const dying = await box.startProber();
  const other = await box.startProber();
  await watch();
  dying.child.kill('SIGKILL');
  expect(await dying.ended()).toBe('SIGKILL');
  for (let turn = 0; turn < 3; turn++) await everyMonitorIsCheckedAgain(box, 40_000);
  await expectNothingHappened();
  await expectPeacefulEnd(box, [other]);
});

test('of two probers of a region one loses its way to the database: the other makes all checks', async () => {
  const { box, watch, expectNothingHappened } = ofACut;
  const cut = await box.startProber({ databaseUrl: gate.url });
  const other = await box.startProber();
  await watch();
  gate.freeze();
  for (let turn = 0; turn < 3; turn++) await everyMonitorIsCheckedAgain(box, 90_000);
  await expectNothingHappened();
  cut.child.kill('SIGKILL');
  await expectPeacefulEnd(box, [other]);
});

test('the probers are deployed anew ten times under load, one after the other: nobody notices', async () => {
  const { box, watch, expectNothingHappened } = ofDeployments;
  let running: RunningProber = await box.startProber();
  await watch();
  for (let deployment = 0; deployment < 10; deployment++) {
    running.child.kill('SIGTERM');
    const next = await box.startProber();
    expect(await running.ended()).toBe(0);
    running = next;
    await everyMonitorIsCheckedAgain(box, 40_000);
  }
  await expectNothingHappened();
  await expectPeacefulEnd(box, [running]);
});

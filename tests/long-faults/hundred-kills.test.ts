import { setTimeout as delay } from 'node:timers/promises';
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
import { openTarget } from '../support/open-target.ts';

const INTERVAL_SECONDS = 10;
const MONITORS = 200;
const KILLS = 100;

const box = await openFaultBox();
const target = await openTarget(
  (response) => void setTimeout(() => response.end('fine'), 20 + Math.random() * 300),
);
afterAll(target.close);

test(`a prober of two is killed ${KILLS} times at random moments: no slot lost, none doubled, nothing said to be down`, async () => {
  const server = await box.startServer();
  const pair: [RunningProber, RunningProber] = [await box.startProber(), await box.startProber()];
  await box.addMonitors(MONITORS, {
    target: `${target.url}/`,
    intervalSeconds: INTERVAL_SECONDS,
    timeoutMs: 4000,
  });
  await expect.poll(() => statesOf(box), { timeout: 40_000, interval: 250 }).toEqual({ up: MONITORS });

  for (let kill = 0; kill < KILLS; kill++) {
    // The moment is what is random here: in a claim, before a slot, in a check, in a commit.
    await delay(Math.random() * 1500);
    const place = Math.random() < 0.5 ? 0 : 1;
    const victim = pair[place];
    victim.child.kill('SIGKILL');
    expect(await victim.ended()).toBe('SIGKILL');
    pair[place] = await box.startProber({ dataDir: victim.dataDir });
  }
  await everyMonitorIsCheckedAgain(box, 60_000);

  await expectNoSlotLost(box, MONITORS, INTERVAL_SECONDS);
  expect(await outcomesOf(box)).toEqual(['up']);
  expect(await changesOf(box)).toEqual(['pending -> up']);
  expect(server.child.exitCode).toBeNull();
  await expectPeacefulEnd(box, pair);
});

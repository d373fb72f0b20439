import { afterAll, expect, test } from 'vitest';
import { openFaultBox, slotsByMonitor } from '../support/fault-box.ts';
import { openGate } from '../support/gate.ts';
import { openTarget } from '../support/open-target.ts';

const MONITORS = 20;

const box = await openFaultBox();
const gate = await openGate(box.urls.prober);
const target = await openTarget((response) => response.end('fine'));
afterAll(target.close);

const results = async () =>
  [...(await slotsByMonitor(box)).values()].reduce((sum, slots) => sum + slots.length, 0);

test('when every connection to the database freezes without a word, the prober makes new ones and goes on', async () => {
  const prober = await box.startProber({ databaseUrl: gate.url });
  await box.addMonitors(MONITORS, { target: `${target.url}/`, intervalSeconds: 5, timeoutMs: 3000 });
  await expect.poll(async () => (await slotsByMonitor(box)).size, { timeout: 15_000 }).toBe(MONITORS);

  gate.freeze();
  await prober.event('prober.session_silent', 15_000);
  await prober.event('prober.session_back', 15_000);
  const before = await results();
  // A statement that gets no answer is given up after 20 s.
  await expect.poll(results, { timeout: 60_000 }).toBeGreaterThan(before + 2 * MONITORS);

  const outcomes = await box.ask<{ outcome: string }>('select distinct outcome from check_results');
  expect(outcomes).toEqual([{ outcome: 'up' }]);
  expect(prober.child.exitCode).toBeNull();
  prober.child.kill('SIGTERM');
  expect(await prober.ended()).toBe(0);
}, 180_000);

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { missingSlots, openFaultBox, slotsByMonitor } from '../support/fault-box.ts';
import { openTarget } from '../support/open-target.ts';

const INTERVAL_SECONDS = 10;
const MONITORS = 80;

const box = await openFaultBox();
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 200));
afterAll(target.close);
const server = await box.startServer();
const prober = await box.startProber();
await box.addMonitors(MONITORS, {
  target: `${target.url}/`,
  intervalSeconds: INTERVAL_SECONDS,
  timeoutMs: 5000,
});

const counts = async () => [...(await slotsByMonitor(box)).values()].map((slots) => slots.length);
const states = async () => {
  const rows = await box.ask<{ state: string; count: number }>(
    'select state, count(*)::int as count from monitor_states group by state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

test('every monitor is up to begin with', async () => {
  await expect.poll(states, { timeout: 25_000 }).toEqual({ up: MONITORS });
}, 40_000);

for (const how of ['fast', 'immediate'] as const) {
  test(`Postgres goes away under load (${how}) and comes back: so do server and prober, no slot is lost, nothing is said to be down`, async () => {
    const asked = target.requests();
    await box.stopPostgres(how);
    const goneAt = performance.now();
    await expect
      .poll(() => prober.lines().filter(({ event }) => event === 'checks.not_claimed').length)
      .toBeGreaterThan(0);
    await delay(Math.max(0, 3000 - (performance.now() - goneAt))); // as long as a restart takes
    await box.startPostgres();
    const before = Math.max(...(await counts()));
    await expect.poll(async () => Math.min(...(await counts())), { timeout: 40_000 }).toBeGreaterThan(before);
    expect(target.requests()).toBeGreaterThan(asked);

    expect(missingSlots(await slotsByMonitor(box), INTERVAL_SECONDS * 1000)).toEqual([]);
    await expect.poll(states, { timeout: 15_000 }).toEqual({ up: MONITORS });
    const changes = await box.ask<{ to_state: string }>('select distinct to_state from state_changes');
    expect(changes).toEqual([{ to_state: 'up' }]);
    const outcomes = await box.ask<{ outcome: string }>('select distinct outcome from check_results');
    expect(outcomes).toEqual([{ outcome: 'up' }]);
    for (const running of [server, prober]) {
      expect(running.child.exitCode).toBeNull();
      expect(running.lines().filter(({ level }) => level === 'fatal')).toEqual([]);
    }
  }, 60_000);
}

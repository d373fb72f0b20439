import { afterAll, expect, test } from 'vitest';
import { missingSlots, openFaultBox, slotsByMonitor } from '../support/fault-box.ts';
import { openTarget } from '../support/open-target.ts';

const INTERVAL_SECONDS = 5;
const MONITORS = 60;

const box = await openFaultBox();
// Slow enough that some checks are always under way.
const target = await openTarget((response) => void setTimeout(() => response.end('fine'), 300));
afterAll(target.close);

const leasesOf = async (instanceId: number) => {
  const [row] = await box.ask<{ count: number }>(
    'select count(*)::int as count from check_schedule where leased_by = $1',
    [instanceId],
  );
  return row?.count ?? 0;
};

test('when a prober is killed in the middle of its checks, three times, another makes them: none lost, none doubled', async () => {
  const survivor = await box.startProber();
  let victim = await box.startProber();
  await box.addMonitors(MONITORS, {
    target: `${target.url}/`,
    intervalSeconds: INTERVAL_SECONDS,
    timeoutMs: 4000,
  });
  const takeovers: number[] = [];
  for (let round = 0; round < 3; round++) {
    const { instanceId } = victim;
    // Two that look at the same beat share unevenly: whoever looks first finds nearly all.
    await expect.poll(() => leasesOf(instanceId), { timeout: 15_000, interval: 10 }).toBeGreaterThan(0);
    victim.child.kill('SIGKILL');
    const killedAt = performance.now();
    expect(await victim.ended()).toBe('SIGKILL');
    await expect.poll(() => leasesOf(instanceId), { timeout: 10_000, interval: 20 }).toBe(0);
    takeovers.push(performance.now() - killedAt);
    victim = await box.startProber();
  }
  const counts = async () => [...(await slotsByMonitor(box)).values()].map((slots) => slots.length);
  const most = Math.max(...(await counts()));
  await expect.poll(async () => Math.min(...(await counts())), { timeout: 30_000 }).toBeGreaterThan(most);
  for (const prober of [victim, survivor]) {
    prober.child.kill('SIGTERM');
    expect(await prober.ended()).toBe(0);
  }

  expect(Math.max(...takeovers)).toBeLessThan(3000);
  const slots = await slotsByMonitor(box);
  expect(slots.size).toBe(MONITORS);
  expect(missingSlots(slots, INTERVAL_SECONDS * 1000)).toEqual([]);
  const [figures] = await box.ask<{ late: number; outcomes: string[]; leased: number }>(
    `select max(extract(epoch from checked_at - slot_at))::float8 as late, array_agg(distinct outcome) as outcomes,
      (select count(*)::int from check_schedule where leased_by is not null) as leased
    from check_results`,
  );
  expect(figures?.outcomes).toEqual(['up']);
  expect(figures?.late).toBeLessThan(4); // in a dead prober's hands until somebody took over, and begun then
  expect(figures?.leased).toBe(0); // those that went in peace left nothing behind
  for (const prober of [victim, survivor]) {
    expect(prober.lines().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  }
});

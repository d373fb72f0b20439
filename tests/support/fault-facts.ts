import { expect } from 'vitest';
import { type FaultBox, missingSlots, type RunningProber, slotsByMonitor } from './fault-box.ts';

/** How many results each monitor has, of slots on its grid. */
export const resultCounts = async (box: FaultBox): Promise<number[]> =>
  [...(await slotsByMonitor(box)).values()].map((slots) => slots.length);

/** How many monitors are in each state. */
export async function statesOf(box: FaultBox): Promise<Record<string, number>> {
  const rows = await box.ask<{ state: string; count: number }>(
    'select state, count(*)::int as count from monitor_states group by state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Every change of state that was ever made, as "up -> down", each kind once. */
export async function changesOf(box: FaultBox): Promise<string[]> {
  const rows = await box.ask<{ change: string }>(
    `select distinct from_state || ' -> ' || to_state as change from state_changes order by 1`,
  );
  return rows.map(({ change }) => change);
}

export async function outcomesOf(box: FaultBox): Promise<string[]> {
  const rows = await box.ask<{ outcome: string }>('select distinct outcome from check_results order by 1');
  return rows.map(({ outcome }) => outcome);
}

/** Waits until every monitor has a result that none had yet: whoever checks is at work again. */
export async function everyMonitorIsCheckedAgain(box: FaultBox, withinMs: number): Promise<void> {
  const most = Math.max(0, ...(await resultCounts(box)));
  await expect
    .poll(async () => Math.min(...(await resultCounts(box))), { timeout: withinMs, interval: 250 })
    .toBeGreaterThan(most);
}

/** Every slot between a monitor's first and last has its one result, and all monitors have some. */
export async function expectNoSlotLost(
  box: FaultBox,
  monitors: number,
  intervalSeconds: number,
): Promise<void> {
  const slots = await slotsByMonitor(box);
  expect(slots.size).toBe(monitors);
  expect(missingSlots(slots, intervalSeconds * 1000)).toEqual([]);
}

/** They go in peace, leave no lease behind, and never met an error they could not go on from. */
export async function expectPeacefulEnd(box: FaultBox, probers: readonly RunningProber[]): Promise<void> {
  for (const prober of probers) {
    prober.child.kill('SIGTERM');
    expect(await prober.ended()).toBe(0);
    expect(prober.lines().filter(({ level }) => level === 'fatal')).toEqual([]);
  }
  const [row] = await box.ask<{ leased: number }>(
    'select count(*)::int as leased from check_schedule where leased_by = any($1::int[])',
    [probers.map(({ instanceId }) => instanceId)],
  );
  expect(row?.leased).toBe(0);
}

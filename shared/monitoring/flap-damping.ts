import type { DecisionMoment, DecisionPolicy, RegionEvidence } from './decide-monitor-state.ts';
import type { MonitorState } from './monitor-state.ts';

const MINUTE_MS = 60_000;

/** The states between which a change counts: one from or to another is a person's doing, a silence or a beginning. */
export const COUNTED_STATES: readonly MonitorState[] = ['up', 'degraded', 'down'];

/** Whether this change is one more than may be made within the window. */
export function beginsToFlap(
  from: MonitorState,
  to: MonitorState,
  policy: DecisionPolicy,
  { nowMs, changesMs }: DecisionMoment,
): boolean {
  if (policy.flapChanges === 0 || !COUNTED_STATES.includes(from) || !COUNTED_STATES.includes(to))
    return false;
  const windowBeganMs = nowMs - policy.flapWindowMinutes * MINUTE_MS;
  return changesMs.filter((changedMs) => changedMs > windowBeganMs).length >= policy.flapChanges;
}

/** How long nothing may turn until flapping is over: the monitor's minutes, and two intervals at least, so that it could have. */
export function quietMs({ flapQuietMinutes, intervalSeconds }: DecisionPolicy): number {
  return Math.max(flapQuietMinutes * MINUTE_MS, 2 * intervalSeconds * 1000);
}

/** When flapping is over if nothing turns from now on. */
export function quietAtMs(
  flappingSinceMs: number,
  evidence: readonly RegionEvidence[],
  policy: DecisionPolicy,
): number {
  const turns = evidence.map((region) => region.turnedMs ?? flappingSinceMs);
  return Math.max(flappingSinceMs, ...turns) + quietMs(policy);
}

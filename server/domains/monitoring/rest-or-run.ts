import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';

export type Standing = {
  state: MonitorState;
  pausedFor: 'plan' | 'removal' | null;
  /** Whether its organization waits to be deleted. */
  removal: 'none' | 'waiting' | 'done';
  /** How many monitors the plan allows; null: as many as one likes. */
  limit: number | null;
  /** How many of the organization's other monitors are checked, and how many of these are older. */
  checked: number;
  checkedOlder: number;
};

export type RestOrRun = 'stay' | 'run' | 'rest for plan' | 'rest for removal';

/**
 * What is to become of a monitor by its organization's plan and by whether that waits to be deleted. What a person paused stays so.
 * On a plan with a limit the oldest that are checked go on; one that rests for it stays at rest, even where there is room
 * since: which of them goes on is for a person to say.
 */
export function restOrRun({ state, pausedFor, removal, limit, checked, checkedOlder }: Standing): RestOrRun {
  const isChecked = state !== 'paused';
  if (removal === 'done' || (!isChecked && pausedFor === null)) return 'stay';
  if (removal === 'waiting') return isChecked ? 'rest for removal' : 'stay';
  if (isChecked) return limit !== null && checkedOlder >= limit ? 'rest for plan' : 'stay';
  if (limit === null) return 'run';
  if (pausedFor === 'plan') return 'stay';
  return checked < limit ? 'run' : 'rest for plan';
}

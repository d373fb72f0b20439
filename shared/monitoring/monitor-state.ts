/**
 * The state of a monitor, after confirmation across checks and regions. `pending`: not yet checked.
 * `unknown`: a result was due and none came.
 */
export const MONITOR_STATES = [
  'down',
  'unknown',
  'degraded',
  'pending',
  'maintenance',
  'paused',
  'up',
] as const;
export type MonitorState = (typeof MONITOR_STATES)[number];

/** Worst first: the order of every list that shows what is broken before what is not. */
export const STATE_RANK: Record<MonitorState, number> = {
  down: 0,
  unknown: 1,
  degraded: 2,
  pending: 3,
  maintenance: 4,
  paused: 5,
  up: 6,
};

import type { Assertion } from '../checks/assertion-input.ts';
import type { HttpSettings } from '../checks/http-spec-input.ts';
import type { MonitorKind } from './monitor-kind.ts';
import type { MonitorState } from './monitor-state.ts';

/** A monitor as the API answers it. Instants are ISO 8601 UTC; ratios are 0 to 1; null is "not known yet". */
export type Monitor = {
  id: string;
  name: string;
  kind: MonitorKind;
  /** As WHATWG `URL` normalizes it. */
  target: string;
  state: MonitorState;
  stateSince: string;
  /** Why the state is what it is, in one sentence; null when there is nothing to say. */
  reason: string | null;
  /**
   * Why it is paused where nobody of the organization paused it: its plan allows fewer monitors, or the organization waits to be
   * deleted. It goes on by itself once that is over.
   */
  pausedFor: 'plan' | 'removal' | null;
  lastCheckedAt: string | null;
  latencyMs: number | null;
  uptime24h: number | null;
  intervalSeconds: number;
  timeoutMs: number;
  retries: number;
  retryDelaySeconds: number;
  recovery: number;
  degradedAfterMs: number | null;
  /** A certificate with fewer days left is `degraded`; null: never. */
  certificateDays: number | null;
  /** How many regions must agree; null: more than half of those that are not silent. */
  quorum: number | null;
  /** More changes of state than this within `flapWindowMinutes` are flapping; 0: never. */
  flapChanges: number;
  flapWindowMinutes: number;
  /** While it flaps the state is held until nothing has turned for so long. */
  flapQuietMinutes: number;
  /** Since when the state is held since it flaps; null when it does not. */
  flappingSince: string | null;
  /** Regions whose word is overdue, or whose prober is cut off. */
  silentRegions: string[];
  regions: string[];
  /** What it had on a larger plan, and gets back with it; null when nothing is held back. */
  heldBack: HeldBack | null;
  tags: string[];
  /** Where a secret is kept stands null. */
  http: HttpSettings;
  assertions: Assertion[];
  createdAt: string;
  updatedAt: string;
};

/** Of an interval and regions that a plan does not allow, those that there were; null where that one is not held back. */
export type HeldBack = { intervalSeconds: number | null; regions: string[] | null };

/** A row of `monitors.list`: the monitor and what the small chart draws, oldest first, null for a failed check. */
export type MonitorListItem = Monitor & { recentLatenciesMs: (number | null)[] };

/** What stands above the list: how many monitors are in each state, and how many the plan allows (null: no limit). */
export type MonitorSummary = {
  states: Record<MonitorState, number>;
  total: number;
  limit: number | null;
  tags: string[];
};

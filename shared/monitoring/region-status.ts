import * as v from 'valibot';
import { regionSchema } from '../checks/region.ts';

/** How a region does: `late` begins checks more than a second after their slot; `silent` has no prober that lives. */
export const REGION_CONDITIONS = ['on_time', 'late', 'silent'] as const;
export type RegionCondition = (typeof REGION_CONDITIONS)[number];

/** One prober process of a region. */
export type ProberStatus = {
  instanceId: number;
  version: string;
  startedAt: string;
  lastSeenAt: string;
  /** 99th percentile of how late checks began between its last two heartbeats, in milliseconds; null: none did. */
  latenessP99Ms: number | null;
  checksRunning: number;
  /** Share of one processor core used between its last two heartbeats; null before the second. */
  cpuRatio: number | null;
  memoryMib: number | null;
};

/** One region as `regions.list` answers it. `served`: a prober was seen within the last hour. */
export type RegionStatus = {
  name: string;
  condition: RegionCondition;
  lastSeenAt: string;
  served: boolean;
  /** How many of the organization's monitors are checked from here, paused ones included. */
  monitors: number;
  /** Of these, how many are checked from nowhere else. */
  onlyHere: number;
  probers: ProberStatus[];
};

/** What `regions.leave` takes: every monitor of the organization stops being checked from there. */
export const leaveRegionInput = v.object({ region: regionSchema });

/** What `regions.leave` answers. Monitors checked from nowhere else keep the region. */
export type LeftRegion = { changed: number; kept: { id: string; name: string }[] };

import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import type { RegionStatus } from '../../../../../shared/monitoring/region-status.ts';

/** The names of the regions that begin their checks late. */
export function lateRegionNames(regions: readonly Pick<RegionStatus, 'name' | 'condition'>[]): string[] {
  return regions.filter(({ condition }) => condition === 'late').map(({ name }) => name);
}

/**
 * Which of the late regions a monitor is checked from. One without a word of this monitor is silent for it, however it
 * does for others; and what is paused waits for no region.
 */
export function lateRegionsOf(
  monitor: Pick<Monitor, 'state' | 'regions' | 'silentRegions'>,
  late: readonly string[],
): string[] {
  if (monitor.state === 'paused') return [];
  return monitor.regions.filter((name) => late.includes(name) && !monitor.silentRegions.includes(name));
}

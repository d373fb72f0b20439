import type { RegionCondition, RegionStatus } from '../../../shared/monitoring/region-status.ts';
import type { Tenant } from '../../database/tenant.ts';
import { listRegionRows } from './region-rows.ts';
import {
  countMonitorsByRegion,
  type KnownProber,
  listKnownProbers,
  listRegionsBehind,
} from './region-status-rows.ts';

/** A region whose checks begin later than this after their slots is late. */
const LATE_MS = 1000;
const NONE = { monitors: 0, onlyHere: 0 };

/**
 * How every region does that is served, or that a monitor of the organization is checked from; the oldest first. A region
 * that is neither is left out.
 */
export function listRegions(tenant: Tenant): Promise<RegionStatus[]> {
  return tenant.transaction(async (tx) => {
    const regions = await listRegionRows(tx);
    const known = await listKnownProbers(tx);
    const behind = await listRegionsBehind(tx);
    const counts = await countMonitorsByRegion(tx);
    return regions
      .filter(({ name, served }) => served || counts.has(name))
      .map(({ name, lastSeenAt, served }) => {
        const probers = known.filter(({ region }) => region === name);
        const condition = conditionOf(probers, behind.includes(name));
        return {
          name,
          condition,
          lastSeenAt,
          served,
          ...(counts.get(name) ?? NONE),
          probers: shown(probers),
        };
      });
  });
}

/**
 * What the probers say of themselves tells of every organization's checks; one whose checks hang may begin none and say
 * nothing, so what stands unmade counts too.
 */
function conditionOf(probers: KnownProber[], isBehind: boolean): RegionCondition {
  const living = probers.filter((prober) => prober.living);
  if (living.length === 0) return 'silent';
  const isLate = living.some(({ latenessP99Ms }) => latenessP99Ms !== null && latenessP99Ms > LATE_MS);
  return isLate || isBehind ? 'late' : 'on_time';
}

function shown(probers: KnownProber[]): RegionStatus['probers'] {
  return probers.map(({ region: _region, living: _living, ...prober }) => prober);
}

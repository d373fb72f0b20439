import type { Tenant } from '../../database/tenant.ts';
import { listRegionRows, type Region } from './region-rows.ts';

/** Every region there is, the oldest first, with when a prober was last seen in it. */
export function listRegions(tenant: Tenant): Promise<Region[]> {
  return tenant.transaction(listRegionRows);
}

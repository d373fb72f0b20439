import type pg from 'pg';
import { tenantIds } from './tenant-rows.ts';

/** The id of every organization, for schedules that send one job to each: the system role sees no more of them. */
export function listTenantIds(system: pg.Pool): Promise<string[]> {
  return tenantIds(system);
}

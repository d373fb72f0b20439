import type { AuditActors } from '../../../shared/audit/audit-entry.ts';
import type { Tenant } from '../../database/tenant.ts';
import { hasSystemRow, listActorRows } from './audit-rows.ts';

/** Who appears in the organization's audit log, by name; those who have left too. */
export function listActors(tenant: Tenant): Promise<AuditActors> {
  return tenant.transaction(async (tx) => ({
    actors: await listActorRows(tx),
    system: await hasSystemRow(tx),
  }));
}

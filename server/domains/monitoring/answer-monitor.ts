import type { HttpSettings } from '../../../shared/checks/http-spec-input.ts';
import type { Monitor } from '../../../shared/monitoring/monitor.ts';
import { isAtLeast, type Role } from '../../../shared/tenancy/role.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readStoredHttp } from './read-stored-http.ts';

/** A monitor as the tables have it. It becomes an answer only through `answerMonitor`, for who asks. */
export type StoredMonitor = Omit<Monitor, 'http'> & {
  stored: { http: HttpSettings; sealed: Uint8Array | null };
};

/**
 * A monitor for a person to see. Secrets are null for everyone; what it sends as its body is answered to those who may edit
 * it, and null to others, since it may hold secrets too.
 */
export function answerMonitor<M extends StoredMonitor>(
  { tenant, role }: { tenant: Tenant; role: Role },
  { stored, ...monitor }: M,
): Omit<M, 'stored'> & Pick<Monitor, 'http'> {
  const { settings } = readStoredHttp(tenant, { id: monitor.id, ...stored });
  const http = isAtLeast(role, 'member') ? settings : { ...settings, body: null, graphqlVariables: null };
  return { ...monitor, http };
}

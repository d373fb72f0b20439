import { concealHttp } from '../../../shared/checks/http-secrets.ts';
import type { HttpSettings, HttpSpec } from '../../../shared/checks/http-spec-input.ts';
import type { SealedColumns } from '../../../shared/secrets/monitor-secrets.ts';
import type { Tenant } from '../../database/tenant.ts';

/** How a monitor asks, as its row keeps it: without its secrets, and those sealed. */
export function storeHttp(
  tenant: Tenant,
  monitorId: string,
  spec: HttpSpec,
): { http: HttpSettings } & SealedColumns {
  const { settings, secrets } = concealHttp(spec);
  return { http: settings, ...tenant.secrets.seal(monitorId, secrets) };
}

import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import type { HttpSecrets } from '../../shared/checks/http-secrets.ts';
import type { KeyRing } from '../../shared/secrets/key-ring.ts';
import {
  openMonitorSecrets,
  type SealedColumns,
  sealMonitorSecrets,
} from '../../shared/secrets/monitor-secrets.ts';
import { sealRequestSpec } from '../../shared/secrets/request-spec.ts';

/** Seals for one organization, and opens what was sealed for it: another's opens to nobody here. */
export type TenantSecrets = {
  /** The id of the key that seals now. */
  readonly sealsWith: string;
  seal(monitorId: string, secrets: HttpSecrets): SealedColumns;
  /** @throws CannotOpen */
  open(monitorId: string, sealed: Uint8Array | null): HttpSecrets;
  sealRequest(requestId: string, spec: CheckSpec): Uint8Array;
};

export function tenantSecrets(ring: KeyRing, tenantId: string): TenantSecrets {
  return {
    sealsWith: ring.sealsWith,
    seal: (monitorId, secrets) => sealMonitorSecrets(ring, { tenantId, monitorId }, secrets),
    open: (monitorId, sealed) => openMonitorSecrets(ring, { tenantId, monitorId }, sealed),
    sealRequest: (requestId, spec) => sealRequestSpec(ring, { tenantId, requestId }, spec),
  };
}

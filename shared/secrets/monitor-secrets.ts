import { type HttpSecrets, hasSecrets, NO_SECRETS } from '../checks/http-secrets.ts';
import type { KeyRing, Sealed } from './key-ring.ts';

/** Whose secrets these are. They open for this monitor alone. */
export type MonitorKey = { tenantId: string; monitorId: string };

/** What goes into `monitors.sealed` and `monitors.sealed_with`. */
export type SealedColumns = Sealed | { sealed: null; sealedWith: null };

const placeOf = ({ tenantId, monitorId }: MonitorKey) => `monitor/${tenantId}/${monitorId}`;

/** Seals a monitor's secrets; one that has none needs no seal. */
export function sealMonitorSecrets(ring: KeyRing, key: MonitorKey, secrets: HttpSecrets): SealedColumns {
  return hasSecrets(secrets)
    ? ring.seal(JSON.stringify(secrets), placeOf(key))
    : { sealed: null, sealedWith: null };
}

/** @throws CannotOpen when its key is not there, or it was not sealed for this monitor */
export function openMonitorSecrets(ring: KeyRing, key: MonitorKey, sealed: Uint8Array | null): HttpSecrets {
  if (sealed === null) return NO_SECRETS;
  return { ...NO_SECRETS, ...JSON.parse(ring.open(sealed, placeOf(key))) }; // nobody but us can have sealed it
}

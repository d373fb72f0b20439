import type { CheckSpec } from '../checks/check-spec.ts';
import type { KeyRing } from './key-ring.ts';

/** The row of `check_requests` that a draft belongs to. */
export type RequestKey = { tenantId: string; requestId: string };

const placeOf = ({ tenantId, requestId }: RequestKey) => `request/${tenantId}/${requestId}`;

/** Seals a whole draft: it may hold secrets that nothing else keeps. */
export function sealRequestSpec(ring: KeyRing, key: RequestKey, spec: CheckSpec): Uint8Array {
  return ring.seal(JSON.stringify(spec), placeOf(key)).sealed;
}

/** @throws CannotOpen when its key is not there, or it was not sealed for this request */
export function openRequestSpec(ring: KeyRing, key: RequestKey, sealed: Uint8Array): CheckSpec {
  return JSON.parse(ring.open(sealed, placeOf(key))); // nobody but us can have sealed it
}

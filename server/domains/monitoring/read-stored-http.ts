import {
  concealHttp,
  type HttpSecrets,
  NO_SECRETS,
  revealHttp,
} from '../../../shared/checks/http-secrets.ts';
import { type HttpSettings, type HttpSpec, PLAIN_HTTP } from '../../../shared/checks/http-spec-input.ts';
import { CannotOpen } from '../../../shared/secrets/key-ring.ts';
import type { Tenant } from '../../database/tenant.ts';

/** What of a monitor's row says how it asks. */
type HttpColumns = { id: string; http: HttpSettings; sealed: Uint8Array | null };

export type StoredHttp = {
  /** As they are answered to who may edit: with the body, and null for every secret. */
  settings: HttpSettings;
  secrets: HttpSecrets;
  /** Settings and secrets together; null when they are sealed with a key that is not there. */
  spec: HttpSpec | null;
};

/** How a monitor asks. Rows of before secrets were sealed have them in the open: they are answered no less for that. */
export function readStoredHttp(tenant: Tenant, row: HttpColumns): StoredHttp {
  const stored = { ...PLAIN_HTTP, ...row.http };
  try {
    const spec = revealHttp(stored, tenant.secrets.open(row.id, row.sealed));
    const { settings, secrets } = concealHttp(spec);
    const { body, graphqlVariables } = spec;
    return { settings: { ...settings, body, graphqlVariables }, secrets, spec };
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return {
      settings: concealHttp(revealHttp(stored, NO_SECRETS)).settings,
      secrets: NO_SECRETS,
      spec: null,
    };
  }
}

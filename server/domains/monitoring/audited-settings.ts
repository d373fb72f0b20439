import { X509Certificate } from 'node:crypto';
import type { AuditFields } from '../../../shared/audit/audit-entry.ts';
import { concealHttp, NO_SECRETS, revealHttp } from '../../../shared/checks/http-secrets.ts';
import { PLAIN_HTTP } from '../../../shared/checks/http-spec-input.ts';
import type { Tenant } from '../../database/tenant.ts';
import { Secret } from '../audit/secret.ts';
import type { MonitorRow } from './monitor-rows.ts';
import { readStoredHttp } from './read-stored-http.ts';

type Settled = Omit<MonitorRow, 'tenantId' | 'createdAt' | 'updatedAt' | 'sealedWith' | 'beforePlan'>;

/**
 * All that people settle of a monitor, as the audit log may hold it: of a secret, and of what is sent as the body, only that there is
 * one; of a client certificate its fingerprint, which is short and tells one from another.
 */
export function auditedSettings(tenant: Tenant, row: Settled): AuditFields {
  // Sealed with a key that is not there, secrets are known to be there and no more.
  const spec = readStoredHttp(tenant, row).spec ?? revealHttp({ ...PLAIN_HTTP, ...row.http }, NO_SECRETS);
  const { settings, secrets } = concealHttp(spec);
  return {
    name: row.name,
    kind: row.kind,
    target: row.target,
    intervalSeconds: row.intervalSeconds,
    timeoutMs: row.timeoutMs,
    retries: row.retries,
    retryDelaySeconds: row.retryDelaySeconds,
    recovery: row.recovery,
    degradedAfterMs: row.degradedAfterMs,
    certificateDays: row.certificateDays,
    regions: row.regions,
    quorum: row.quorum,
    flapChanges: row.flapChanges,
    flapWindowMinutes: row.flapWindowMinutes,
    flapQuietMinutes: row.flapQuietMinutes,
    tags: row.tags,
    http: {
      ...settings,
      headers: hide(settings.headers, (name) => secrets.headers[name] ?? ''),
      body: secrets.body === null ? null : new Secret(secrets.body),
      graphqlVariables: secrets.graphqlVariables === null ? null : new Secret(secrets.graphqlVariables),
      auth: hide(settings.auth, () => secrets.auth ?? ''),
      clientCertificate:
        settings.clientCertificate === null
          ? null
          : {
              certificate: `SHA-256 ${new X509Certificate(settings.clientCertificate.certificate).fingerprint256}`,
              key: new Secret(secrets.clientKey ?? ''),
            },
    },
    assertions: row.assertions,
  };
}

/** Where null stands a secret is kept. */
function hide(fields: AuditFields, secretOf: (name: string) => string): AuditFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value === null ? new Secret(secretOf(name)) : value,
    ]),
  );
}

import { openSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { FamilyHealth } from '../../prober/family-health.ts';
import { CertificateReader } from '../../prober/protocols/certificate-record.ts';
import { ClientContexts } from '../../prober/protocols/http/credentials/client-contexts.ts';
import { TokenCache } from '../../prober/protocols/http/credentials/token-cache.ts';
import { runCheck } from '../../prober/run-check.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';

/** Run in a process of its own: opens files until the system gives no more, then makes one check and prints what it found. */
const spec: CheckSpec = {
  kind: 'http',
  target: new URL(process.argv[2] ?? '').href,
  http: PLAIN_HTTP,
  assertions: [],
  timeoutMs: 5000,
  degradedAfterMs: null,
  certificateDays: null,
};
const context = {
  guard: createTargetGuard({ allowNetworks: ['127.0.0.0/8'] }),
  resolve: async () => [],
  secureContext: createSecureContext(),
  clientContexts: new ClientContexts(createSecureContext),
  tokens: new TokenCache(),
  certificates: new CertificateReader(),
  families: new FamilyHealth({ references: [], resolve: async () => [], isAllowedNetwork: () => true }),
  nowMs: Date.now,
  judge: async () => [],
};
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null);

process.stdout.write(''); // the way out is opened before the last descriptor is gone
try {
  for (;;) openSync('/dev/null', 'r');
} catch (error) {
  if (codeOf(error) !== 'EMFILE') throw error;
}
const { finding, error } = await runCheck(spec, context);
process.stdout.write(JSON.stringify({ outcome: finding.outcome, code: finding.code, error: codeOf(error) }));

import { createSecureContext } from 'node:tls';
import { afterAll } from 'vitest';
import { Evaluations } from '../../prober/evaluation/evaluate-apart.ts';
import { FamilyHealth } from '../../prober/family-health.ts';
import { CertificateReader } from '../../prober/protocols/certificate-record.ts';
import { ClientContexts } from '../../prober/protocols/http/credentials/client-contexts.ts';
import { TokenCache } from '../../prober/protocols/http/credentials/token-cache.ts';
import type { ProtocolContext } from '../../prober/protocols/protocol.ts';
import type { Reference } from '../../prober/reference-targets.ts';
import { type CheckRun, runCheck } from '../../prober/run-check.ts';
import type { CheckFinding } from '../../shared/checks/check-result.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import type { ExchangeRecord } from '../../shared/checks/exchange-record.ts';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';
import { createResolver } from '../../shared/network/resolve-host.ts';
import { createTargetGuard } from '../../shared/network/target-guard.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificates.ts';
import { type DnsServer, openDnsServer } from './dns-server.ts';

/** What a monitor may say beside its target; the rest is as a new monitor has it. */
export type CheckOptions = Partial<Omit<CheckSpec, 'kind' | 'target' | 'http'>> & {
  http?: Partial<HttpSpec>;
};

export type Probe = {
  dns: DnsServer;
  authority: CertificateAuthority;
  /** Makes one check as the prober makes it. Fails the test when the prober itself was at fault. */
  check: (target: string, options?: CheckOptions) => Promise<CheckFinding>;
  /** As `check`, with what was sent and what came back, and the fault of the prober where there is one. */
  run: (target: string, options?: CheckOptions) => Promise<CheckRun & { exchange: ExchangeRecord }>;
};

/** The deadline of a check that is not about deadlines: generous, so that a slow machine fails no test. */
const TIMEOUT_MS = 10_000;

/** A prober's checks without its database: real DNS, a certificate authority of its own, real connections. */
export async function openProbe(
  options: {
    allowNetworks?: readonly string[];
    references?: readonly Reference[];
    /** What the database's clock says. */
    nowMs?: () => number;
  } = {},
): Promise<Probe> {
  const dns = await openDnsServer();
  afterAll(dns.close);
  const evaluations = new Evaluations({ patienceMs: 60_000, mostCpuMs: 300 });
  afterAll(() => evaluations.stop());
  const authority = await createCertificateAuthority();
  const guard = createTargetGuard({ allowNetworks: options.allowNetworks ?? ['127.0.0.0/8'] });
  const resolve = createResolver({ servers: [dns.address], hostsFile: false });
  const context: ProtocolContext = {
    guard,
    resolve,
    secureContext: authority.secureContext,
    clientContexts: new ClientContexts((own) => createSecureContext({ ca: authority.certificate, ...own })),
    tokens: new TokenCache(),
    certificates: new CertificateReader(),
    families: new FamilyHealth({ references: options.references ?? [], resolve, ...guard }),
    nowMs: options.nowMs ?? Date.now,
    judge: (assertions, exchange) => evaluations.judge('tenant', assertions, exchange),
  };
  const run: Probe['run'] = async (target, more = {}) => {
    const spec: CheckSpec = {
      kind: 'http',
      target: new URL(target).href,
      assertions: [],
      timeoutMs: TIMEOUT_MS,
      degradedAfterMs: null,
      certificateDays: null,
      ...more,
      http: { ...PLAIN_HTTP, ...more.http },
    };
    const made = await runCheck(spec, context);
    return { ...made, exchange: made.trace.toRecord() };
  };
  return {
    dns,
    authority,
    run,
    async check(target, more) {
      const { finding, error } = await run(target, more);
      if (error !== null) throw new Error('The prober itself failed.', { cause: error });
      return finding;
    },
  };
}

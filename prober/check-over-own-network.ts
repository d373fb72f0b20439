import type { CheckFinding } from '../shared/checks/check-result.ts';
import type { CheckSpec } from '../shared/checks/check-spec.ts';
import type { ResultCode } from '../shared/checks/result-code.ts';
import type { ProtocolContext } from './protocols/protocol.ts';
import type { ReferenceTargets } from './reference-targets.ts';
import { type CheckRun, runCheck } from './run-check.ts';

/** No whole answer came. Everything else the target has said itself, so there was a network. */
const UNANSWERED: ReadonlySet<ResultCode> = new Set<ResultCode>([
  'dns_not_found',
  'dns_failed',
  'connect_refused',
  'connect_failed',
  'connect_reset',
  'tls_failed',
  'timeout',
  'body_incomplete',
  'auth_failed', // a token endpoint that is not reached, too
]);

/** What this prober knows of its own network. */
export type OwnNetwork = {
  /** By name or by address: whether there is a way out. */
  wayOut: ReferenceTargets;
  /** By name alone: whether names are found. */
  names: ReferenceTargets;
};

/**
 * Makes one check. What gets no answer while this prober itself is cut off, or its DNS is silent, is `void`. Targets in
 * `PROBER_ALLOW_NETWORKS` are judged as ever: the way to them is another than the way out.
 */
export async function checkOverOwnNetwork(
  spec: CheckSpec,
  context: ProtocolContext,
  network: OwnNetwork,
): Promise<CheckRun> {
  let tried: string | null = null;
  const guard = {
    ...context.guard,
    checkAddress(address: string, hostname: string) {
      tried = address;
      return context.guard.checkAddress(address, hostname);
    },
  };
  const startedAt = performance.now();
  const run = await runCheck(spec, { ...context, guard });
  const { finding } = run;
  if (tried !== null && context.guard.isAllowedNetwork(tried)) return run;
  if (finding.outcome !== 'down' || !UNANSWERED.has(finding.code)) {
    if (finding.statusCode !== null) noteAnswer(network, finding);
    return run;
  }
  const references = tried === null ? network.names : network.wayOut;
  return (await references.wereGone(startedAt)) ? { ...run, finding: cutOff(finding) } : run;
}

function noteAnswer({ wayOut, names }: OwnNetwork, { timings }: CheckFinding): void {
  wayOut.heard();
  if (timings.dnsMs !== null) names.heard();
}

function cutOff({ timings, statusCode }: CheckFinding): CheckFinding {
  const reason = 'The prober itself was cut off from its network. It says nothing about the target.';
  return { outcome: 'void', code: 'prober_offline', reason, statusCode, timings };
}

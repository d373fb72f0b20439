import type { SecureContext } from 'node:tls';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import type { Exchange } from '../../shared/checks/evaluate/exchange.ts';
import type { ResultCode } from '../../shared/checks/result-code.ts';
import type { Verdict } from '../../shared/monitoring/try-monitor.ts';
import type { ResolveHost } from '../../shared/network/resolve-host.ts';
import type { TargetGuard } from '../../shared/network/target-guard.ts';
import type { FamilyHealth } from '../family-health.ts';
import type { ExchangeTrace } from '../trace/exchange-trace.ts';
import type { CertificateReader } from './certificate-record.ts';
import type { FamilyWatch } from './family-watch.ts';
import type { ClientContexts } from './http/credentials/client-contexts.ts';
import type { TokenCache } from './http/credentials/token-cache.ts';
import type { PhaseTimer } from './phase-timer.ts';

/** What every protocol may use to reach a target. */
export type ProtocolContext = {
  guard: TargetGuard;
  resolve: ResolveHost;
  secureContext: SecureContext;
  /** For monitors that show a certificate of their own. */
  clientContexts: ClientContexts;
  /** For monitors that are OAuth2 clients. */
  tokens: TokenCache;
  certificates: CertificateReader;
  families: FamilyHealth;
  /** The database's clock, in epoch milliseconds: this machine's own may be wrong. */
  nowMs: () => number;
  /** Judges what a check found, assertion by assertion. */
  judge: (assertions: readonly Assertion[], exchange: Exchange) => Promise<Verdict[]>;
};

/** What is noted down while a check runs: it tells how far the check came, however it ends. */
export type Recording = {
  timer: PhaseTimer;
  trace: ExchangeTrace;
  families: Pick<FamilyWatch, 'attemptTimeoutMs' | 'connected' | 'findDead'>;
};

/** The target answers as it should, and yet something is wrong. */
export type Degraded = { code: ResultCode; reason: string };

/** The check held: what there is to tell of it. */
export type Holds = { statusCode: number | null; degraded: Degraded | null };

/**
 * One way to check. Returns when the target is as it should be.
 *
 * @throws CheckFailure when it is not; the signal's reason when the deadline came first
 */
export type Protocol = (
  spec: CheckSpec,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
) => Promise<Holds>;

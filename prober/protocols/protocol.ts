import type { SecureContext } from 'node:tls';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import type { Exchange } from '../../shared/checks/evaluate/exchange.ts';
import type { Verdict } from '../../shared/monitoring/try-monitor.ts';
import type { ResolveHost } from '../../shared/network/resolve-host.ts';
import type { TargetGuard } from '../../shared/network/target-guard.ts';
import type { ExchangeTrace } from './exchange-trace.ts';
import type { PhaseTimer } from './phase-timer.ts';

/** What every protocol may use to reach a target. */
export type ProtocolContext = {
  guard: TargetGuard;
  resolve: ResolveHost;
  secureContext: SecureContext;
  /** Judges what a check found, assertion by assertion. */
  judge: (assertions: readonly Assertion[], exchange: Exchange) => Promise<Verdict[]>;
};

/** What is noted down while a check runs: it tells how far the check came, however it ends. */
export type Recording = { timer: PhaseTimer; trace: ExchangeTrace };

/** The check held: what there is to tell of it. */
export type Holds = { statusCode: number | null };

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

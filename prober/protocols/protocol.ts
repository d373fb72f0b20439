import type { SecureContext } from 'node:tls';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import type { ResolveHost } from '../../shared/network/resolve-host.ts';
import type { TargetGuard } from '../../shared/network/target-guard.ts';
import type { PhaseTimer } from './phase-timer.ts';

/** What every protocol may use to reach a target. */
export type ProtocolContext = {
  guard: TargetGuard;
  resolve: ResolveHost;
  secureContext: SecureContext;
};

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
  timer: PhaseTimer,
  signal: AbortSignal,
) => Promise<Holds>;

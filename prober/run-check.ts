import type { CheckFinding, Timings } from '../shared/checks/check-result.ts';
import type { CheckSpec } from '../shared/checks/check-spec.ts';
import { CheckFailure } from './protocols/check-failure.ts';
import { FamilyWatch } from './protocols/family-watch.ts';
import { type Phase, PhaseTimer } from './protocols/phase-timer.ts';
import type { Degraded, Holds, ProtocolContext } from './protocols/protocol.ts';
import { PROTOCOLS } from './protocols/registry.ts';
import { ExchangeTrace } from './trace/exchange-trace.ts';

/** How far a check had got when its deadline came. */
const UNFINISHED: Record<Phase, string> = {
  dns: 'the name was still being looked up',
  connect: 'no connection was made',
  tls: 'the TLS handshake was not finished',
  firstByte: 'the connection was made, but no response came',
  transfer: 'the response began, but did not end',
  token: 'the token endpoint had not answered',
};

/** Given as reason when a check is over: without one, each abort would make an error with a stack (5 % of a check). */
const DEADLINE = new Error('The deadline of the check has passed.');

/** A deadline that is noticed this much too late: the process was stopped, or too busy to hear any answer. */
const STOOD_STILL_MS = 1000;

/**
 * What one check found, what it sent and got where it came to that, and the error behind it where that is our own and not
 * the target's.
 */
export type CheckRun = { finding: CheckFinding; trace?: ExchangeTrace; error: unknown };

/**
 * Makes one check within its one deadline. Never throws: what is wrong with the target is `down`; what is wrong with
 * this prober is `void`, says nothing about the target, and comes back as `error` for the log.
 */
export async function runCheck(
  spec: CheckSpec,
  context: ProtocolContext,
): Promise<CheckRun & { trace: ExchangeTrace }> {
  const timer = new PhaseTimer();
  const trace = new ExchangeTrace(spec.http);
  const deadline = new AbortController();
  const { signal } = deadline;
  const families = new FamilyWatch({ health: context.families, timeoutMs: spec.timeoutMs, signal });
  // What has arrived is heard first (the immediate comes after the sockets): a busy prober must not call that silence.
  const passed = Promise.withResolvers<never>();
  const pass = () => {
    if (timer.isAnswered) return; // the answer was in time; judging it has an end of its own
    deadline.abort(DEADLINE);
    passed.reject(DEADLINE);
  };
  const clock = setTimeout(() => setImmediate(pass), spec.timeoutMs);
  try {
    const check = PROTOCOLS[spec.kind](spec, context, { timer, trace, families }, signal);
    // The signal alone would leave it to each protocol whether a check ever ends.
    const holds = await Promise.race([check, passed.promise]);
    return { finding: judge(spec, holds, timer.finish()), trace, error: null };
  } catch (error) {
    const phase = timer.current;
    const timings = timer.finish();
    if (signal.aborted) {
      if (timings.totalMs - spec.timeoutMs > STOOD_STILL_MS)
        return { finding: stoodStill(timings), trace, error: null };
      const reason = `No answer within ${seconds(spec.timeoutMs)}: ${UNFINISHED[phase ?? 'connect']}.`;
      return {
        finding: { outcome: 'down', code: 'timeout', reason, statusCode: null, timings },
        trace,
        error: null,
      };
    }
    if (error instanceof CheckFailure) {
      const { code, message: reason, statusCode } = error;
      return { finding: { outcome: 'down', code, reason, statusCode, timings }, trace, error: null };
    }
    const reason = 'The prober failed to make this check. It says nothing about the target.';
    return {
      finding: { outcome: 'void', code: 'internal', reason, statusCode: null, timings },
      trace,
      error,
    };
  } finally {
    clearTimeout(clock);
    // Whatever the check still holds open is let go.
    deadline.abort(DEADLINE);
  }
}

function stoodStill(timings: Timings): CheckFinding {
  const reason = 'The prober itself stood still during this check. It says nothing about the target.';
  return { outcome: 'void', code: 'internal', reason, statusCode: null, timings };
}

/**
 * What the protocol found goes before slowness: that shows in the chart as well, comes and goes, and would hide what stays
 * until somebody mends it.
 */
function judge(spec: CheckSpec, { statusCode, degraded }: Holds, timings: Timings): CheckFinding {
  const found = degraded ?? slowness(spec, timings);
  return found === null
    ? { outcome: 'up', code: 'ok', reason: null, statusCode, timings }
    : { outcome: 'degraded', ...found, statusCode, timings };
}

function slowness({ degradedAfterMs }: CheckSpec, { totalMs }: Timings): Degraded | null {
  if (degradedAfterMs === null || totalMs <= degradedAfterMs) return null;
  return {
    code: 'slow',
    reason: `Answered in ${seconds(totalMs)}, slower than ${seconds(degradedAfterMs)}.`,
  };
}

const seconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`);

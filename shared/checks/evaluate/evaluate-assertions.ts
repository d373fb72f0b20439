import type { Assertion } from '../assertion-input.ts';
import type { Body, Exchange } from './exchange.ts';
import { type AssertionFailure, firstFailure } from './first-failure.ts';
import { judgeAssertions } from './judge-assertions.ts';

export { needsBody } from './exchange.ts';
export type { Body };

const NO_PHASES = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, transferMs: null };

/** The first assertion that fails, with what was expected and what came; null when all hold. */
export function evaluateAssertions(
  assertions: readonly Assertion[],
  { totalMs, ...exchange }: Omit<Exchange, 'timings' | 'certificateDaysLeft'> & { totalMs: number },
): AssertionFailure | null {
  const seen = { ...exchange, timings: { ...NO_PHASES, totalMs }, certificateDaysLeft: null };
  return firstFailure(judgeAssertions(assertions, seen), exchange.statusCode);
}

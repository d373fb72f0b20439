import type { Verdict } from '../../monitoring/try-monitor.ts';
import type { ResultCode } from '../result-code.ts';

export type AssertionFailure = { code: ResultCode; reason: string };

/**
 * Why a check fails: the first assertion that does not hold, in its own words; null when all hold. Without an assertion
 * about the status, 200 to 399 is good; that rule is nobody's assertion, and has no verdict.
 */
export function firstFailure(verdicts: readonly Verdict[], statusCode: number): AssertionFailure | null {
  const asksForStatus = verdicts.some(({ assertion }) => assertion.subject === 'status');
  if (!asksForStatus && (statusCode < 200 || statusCode > 399)) {
    return { code: 'unexpected_status', reason: `Status ${statusCode}, expected 200 to 399.` };
  }
  const failed = verdicts.find(({ passed }) => !passed);
  if (failed === undefined) return null;
  return {
    code: failed.assertion.subject === 'status' ? 'unexpected_status' : 'assertion_failed',
    reason: failed.sentence,
  };
}

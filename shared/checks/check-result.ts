import type { Outcome } from './outcome.ts';
import type { ResultCode } from './result-code.ts';

/**
 * How long each phase of a check took, in milliseconds; null for a phase that was not reached or that the
 * target does not have (no TLS on plain HTTP, no DNS for an address). After redirects each phase is the sum over all hops.
 */
export type Timings = {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  transferMs: number | null;
  totalMs: number;
};

/** What a protocol reports of one check, before it is tied to a slot. */
export type CheckFinding = {
  outcome: Outcome;
  code: ResultCode;
  /** One sentence, null when up. Never contains raw control characters of the target. */
  reason: string | null;
  statusCode: number | null;
  timings: Timings;
};

/** One result as the API answers it; instants are ISO 8601 UTC. */
export type Result = CheckFinding & {
  /** The scheduled instant the check was for. */
  slotAt: string;
  /** When it really began. */
  checkedAt: string;
  region: string;
  verification: boolean;
};

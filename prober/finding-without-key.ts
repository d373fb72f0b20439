import type { CheckFinding } from '../shared/checks/check-result.ts';
import type { CannotOpen } from '../shared/secrets/key-ring.ts';

const TIMINGS = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  transferMs: null,
  totalMs: 0,
};

/** What comes of a check whose secrets do not open: nothing is asked, and nothing said about the target. */
export function findingWithoutKey({ missingKey }: CannotOpen): CheckFinding {
  const why = missingKey === null ? 'they are damaged' : 'the key they are sealed with is not there';
  const reason = `The prober cannot read the secrets of this monitor: ${why}. It says nothing about the target.`;
  return { outcome: 'void', code: 'internal', reason, statusCode: null, timings: TIMINGS };
}

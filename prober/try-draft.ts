import type { CheckSpec } from '../shared/checks/check-spec.ts';
import type { ExchangeRecord } from '../shared/checks/exchange-record.ts';
import type { Verdict } from '../shared/monitoring/try-monitor.ts';
import { CannotOpen, type KeyRing } from '../shared/secrets/key-ring.ts';
import { openRequestSpec } from '../shared/secrets/request-spec.ts';
import type { CheckAnswer, CheckRequest } from './check-request-rows.ts';
import { findingWithoutKey } from './finding-without-key.ts';
import type { Logger } from './log.ts';
import type { CheckRun } from './run-check.ts';

const NOTHING: ExchangeRecord = { hops: [], certificate: null, body: null };

/** Checks a draft as a monitor is checked, and tells all there is to tell. Never throws for what is wrong with the draft. */
export async function tryDraft(
  request: CheckRequest,
  prober: {
    ring: KeyRing;
    check: (spec: CheckSpec, tenantId: string) => Promise<CheckRun & { verdicts: Verdict[] }>;
    nowMs: () => number;
    log: Logger;
  },
): Promise<CheckAnswer> {
  const { tenantId } = request;
  const checkedAt = new Date(prober.nowMs()).toISOString();
  let spec: CheckSpec;
  try {
    spec = openRequestSpec(prober.ring, request, request.sealedSpec);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    prober.log.error({ event: 'prober.key_missing', tenantId, err: error }, 'a draft does not open');
    return { checkedAt, finding: findingWithoutKey(error), exchange: NOTHING, verdicts: [] };
  }
  const { finding, trace, error, verdicts } = await prober.check(spec, tenantId);
  if (error !== null) {
    prober.log.error({ event: 'requests.failed', tenantId, err: error }, 'draft failed for our own fault');
  }
  if (trace === undefined) return { checkedAt, finding, exchange: NOTHING, verdicts };
  // A verdict says what came, and a target may repeat what it was sent.
  const told = verdicts.map((verdict) => ({ ...verdict, sentence: trace.conceal(verdict.sentence) }));
  return { checkedAt, finding, exchange: trace.toRecord(), verdicts: told };
}

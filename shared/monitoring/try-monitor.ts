import * as v from 'valibot';
import type { Assertion } from '../checks/assertion-input.ts';
import type { CheckFinding } from '../checks/check-result.ts';
import type { ExchangeRecord } from '../checks/exchange-record.ts';
import { regionSchema } from '../checks/region.ts';
import { createMonitorInput, monitorIdInput } from './monitor-input.ts';

const draft = createMonitorInput.pipe[0].entries;

/**
 * What `monitors.try` takes: a draft, run once by a prober, nothing saved. With `monitorId` secrets given as null are those
 * of that monitor.
 */
export const tryMonitorInput = v.object({
  monitorId: v.optional(monitorIdInput.entries.monitorId),
  kind: draft.kind,
  target: draft.target,
  timeoutMs: draft.timeoutMs,
  degradedAfterMs: draft.degradedAfterMs,
  certificateDays: draft.certificateDays,
  http: draft.http,
  assertions: draft.assertions,
  /** From where; the first of the regions when not given. */
  region: v.optional(regionSchema),
});

export type TryMonitorInput = v.InferOutput<typeof tryMonitorInput>;

/** So long a draft waits at most; after that nobody waits for its answer any more. */
export const REQUEST_LIVES_SECONDS = 60;

/** Whether one assertion held, in one sentence: what came, or what was expected and what came. */
export type Verdict = { assertion: Assertion; passed: boolean; sentence: string };

/** What `monitors.try` answers. Verdicts are in the order of the assertions; empty when no response came. */
export type TriedCheck = {
  region: string;
  checkedAt: string;
  finding: CheckFinding;
  exchange: ExchangeRecord;
  verdicts: Verdict[];
};

import type { ClaimedCheck } from '../../prober/claim-due-checks.ts';
import { PLAIN_HTTP } from '../../shared/checks/http-spec-input.ts';

/** A page asked for with nothing set. */
export const PLAIN_SPEC: ClaimedCheck['spec'] = {
  kind: 'http',
  target: 'https://example.com/',
  http: PLAIN_HTTP,
  assertions: [],
  timeoutMs: 10_000,
  degradedAfterMs: null,
  certificateDays: null,
};

let numbered = 0;

/** A check that is claimed, on a grid of its own; no two are of one monitor. */
export function checkAt(slotMs: number, more: Partial<ClaimedCheck> = {}): ClaimedCheck {
  numbered += 1;
  return {
    tenantId: 'tenant',
    monitorId: `monitor-${numbered}`,
    region: 'local',
    verification: false,
    slotMs,
    intervalMs: 60_000,
    phaseMs: slotMs % 60_000,
    isSteady: false,
    spec: PLAIN_SPEC,
    ...more,
  };
}

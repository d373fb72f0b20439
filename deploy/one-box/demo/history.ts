import type { CheckFinding } from '../../../shared/checks/check-result.ts';
import { nextSlotAfter } from '../../../shared/monitoring/check-grid.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import { behaviourAt } from './behaviour.ts';
import { findingOf } from './finding-of.ts';
import type { DemoService } from './services.ts';

export const HISTORY_DAYS = 30;
const DAY_MS = 86_400_000;

export type PastResult = CheckFinding & { slotMs: number; verification: boolean };
export type PastSpan = { fromMs: number; state: MonitorState; reason: string | null; code: string | null };

/** What would have been recorded of a service until the demo was made: every result, and its states, oldest first. */
export type History = { createdMs: number; results: PastResult[]; spans: [PastSpan, ...PastSpan[]] };

/**
 * Lives a service's last thirty days again.
 *
 * @param grid the slots at which its monitor is checked
 * @param host as the prober names it in a reason
 */
export function historyOf(
  service: DemoService,
  madeAtMs: number,
  grid: { phaseMs: number; timeoutMs: number; host: string },
): History {
  const { ending } = service;
  if (ending.kind === 'pending')
    return { createdMs: madeAtMs, results: [], spans: [spanOf(madeAtMs, 'pending')] };
  const createdMs = madeAtMs - HISTORY_DAYS * DAY_MS;
  const lastMs = ending.kind === 'paused' || ending.kind === 'silent' ? madeAtMs - ending.sinceMs : madeAtMs;
  const intervalMs = service.intervalSeconds * 1000;
  const check = { host: grid.host, timeoutMs: grid.timeoutMs };

  const results: PastResult[] = [];
  const spans: [PastSpan, ...PastSpan[]] = [spanOf(createdMs, 'pending')];
  let slotMs = createdMs;
  for (; slotMs < lastMs; slotMs = nextSlotAfter(slotMs, intervalMs, grid.phaseMs)) {
    const finding = findingOf(service, behaviourAt(service, slotMs, madeAtMs), check);
    results.push({ ...finding, slotMs, verification: false });
    const before = spans.at(-1)?.state;
    if (finding.outcome === before || finding.outcome === 'void') continue;
    if (finding.outcome !== 'up') {
      // What turned was checked again at once; that is how the state became certain.
      results.push({
        ...finding,
        slotMs: slotMs + Math.ceil(finding.timings.totalMs) + 40,
        verification: true,
      });
    }
    // The first check comes with the monitor: it was pending for a moment only.
    const fromMs = before === 'pending' ? createdMs + Math.ceil(finding.timings.totalMs) : slotMs;
    spans.push({ fromMs, state: finding.outcome, reason: finding.reason, code: finding.code });
  }
  endWith(spans, service, madeAtMs, slotMs);
  return { createdMs, results, spans };
}

function endWith(spans: PastSpan[], { ending }: DemoService, madeAtMs: number, nextSlotMs: number): void {
  switch (ending.kind) {
    case 'live':
    case 'pending':
      return;
    case 'silent':
      spans.push({
        fromMs: nextSlotMs,
        state: 'unknown',
        reason: 'Checks were due, but no result came in.',
        code: 'no_results',
      });
      return;
    case 'paused':
    case 'maintenance': {
      const fromMs = madeAtMs - ending.sinceMs;
      // What the checks found meanwhile is history, but no state.
      while ((spans.at(-1)?.fromMs ?? 0) >= fromMs) spans.pop();
      spans.push(spanOf(fromMs, ending.kind));
      return;
    }
    default:
      ending satisfies never;
  }
}

const spanOf = (fromMs: number, state: MonitorState): PastSpan => ({
  fromMs,
  state,
  reason: null,
  code: null,
});

import type { CheckFinding } from '../../../shared/checks/check-result.ts';
import { nextSlotAfter } from '../../../shared/monitoring/check-grid.ts';
import { COUNTED_STATES } from '../../../shared/monitoring/flap-damping.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { DecisionGrounds } from '../../../shared/monitoring/state-change.ts';
import { behaviourAt } from './behaviour.ts';
import { findingOf } from './finding-of.ts';
import { groundsOf, type Round, RULE, silentGrounds, wordsOf } from './grounds-of.ts';
import type { DemoService } from './services.ts';

export const HISTORY_DAYS = 30;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export type PastResult = CheckFinding & { region: string; slotMs: number; verification: boolean };

/** A state from an instant on, and what the change to it rests on. */
export type PastSpan = {
  fromMs: number;
  decidedMs: number;
  state: MonitorState;
  reason: string | null;
  code: string | null;
  flapping: boolean;
  grounds: DecisionGrounds | null;
  attempts: PastResult[];
};

/** What would have been recorded of a service until the demo was made: every result, and its states, oldest first. */
export type History = {
  createdMs: number;
  results: PastResult[];
  spans: [PastSpan, ...PastSpan[]];
  /** Since when its state is held, since it flaps. */
  flappingSinceMs: number | null;
};

/** The slots of a region in which a monitor is checked. */
export type Grid = { region: string; phaseMs: number };

/** How its monitor is checked; `host` as the prober names it in a reason. The first region tells the state. */
type Checking = { timeoutMs: number; host: string; grids: readonly [Grid, ...Grid[]] };

/** Lives a service's last thirty days again. */
export function historyOf(service: DemoService, madeAtMs: number, checking: Checking): History {
  const { ending } = service;
  if (ending.kind === 'pending') {
    const spans: History['spans'] = [restful(madeAtMs, 'pending')];
    return { createdMs: madeAtMs, results: [], spans, flappingSinceMs: null };
  }
  const createdMs = madeAtMs - HISTORY_DAYS * DAY_MS;
  const lastMs = ending.kind === 'paused' || ending.kind === 'silent' ? madeAtMs - ending.sinceMs : madeAtMs;
  const intervalMs = service.intervalSeconds * 1000;
  const [{ region, phaseMs }] = checking.grids;
  const found = (slotMs: number, at: string, verification = false): PastResult => ({
    ...findingOf(service, behaviourAt(service, slotMs, madeAtMs), checking),
    region: at,
    slotMs,
    verification,
  });

  const results: PastResult[] = [];
  const spans: History['spans'] = [restful(createdMs, 'pending')];
  let flappingSinceMs: number | null = null;
  let turnedMs = createdMs;
  let slotMs = createdMs;
  for (; slotMs < lastMs; slotMs = nextSlotAfter(slotMs, intervalMs, phaseMs)) {
    const result = found(slotMs, region);
    if (results.at(-1)?.outcome !== result.outcome) turnedMs = slotMs;
    results.push(result);
    if (flappingSinceMs !== null) {
      if (slotMs - turnedMs < RULE.flapQuietMinutes * MINUTE_MS) continue;
      flappingSinceMs = null;
    }
    const before = spans.at(-1)?.state ?? 'pending';
    if (result.outcome === before || result.outcome === 'void') continue;
    const rounds = verify(result, checking.grids, found);
    const attempts = rounds.flatMap((round) => round.results);
    results.push(...attempts.slice(1));
    const decidedMs = Math.max(...attempts.map((each) => each.slotMs + Math.ceil(each.timings.totalMs))) + 30;
    const flapping = isOneTooMany(spans, result.outcome, decidedMs);
    if (flapping) flappingSinceMs = decidedMs;
    spans.push({
      // The first check comes with the monitor: it was pending for a moment only.
      fromMs: before === 'pending' ? createdMs + Math.ceil(result.timings.totalMs) : slotMs,
      decidedMs,
      state: result.outcome,
      ...wordsOf(result.outcome, attempts, flapping),
      flapping,
      grounds: groundsOf(before, rounds, checking.grids),
      attempts,
    });
  }
  results.push(...elsewhere(service, checking, { createdMs, madeAtMs }, found));
  endWith(spans, service, madeAtMs, slotMs, region);
  return { createdMs, results, spans, flappingSinceMs };
}

/**
 * What is asked again once a region has turned against the state, round by round: at once from all regions, and after the
 * retry delay where one of them has said so only once.
 */
function verify(
  first: PastResult,
  grids: Checking['grids'],
  found: (slotMs: number, region: string, verification: boolean) => PastResult,
): [Round, ...Round[]] {
  const opening: Round = { results: [first] };
  if (first.outcome === 'up') return [opening];
  const atOnceMs = first.slotMs + Math.ceil(first.timings.totalMs) + 40;
  const ask = (fromMs: number): Round => ({
    results: grids.map(({ region }, index) => found(fromMs + index * 35, region, true)),
  });
  const rounds: [Round, ...Round[]] = [opening, ask(atOnceMs)];
  if (grids.length > 1) rounds.push(ask(atOnceMs + RULE.retryDelaySeconds * 1000));
  return rounds;
}

function isOneTooMany(spans: readonly PastSpan[], to: MonitorState, atMs: number): boolean {
  const counts = (index: number) =>
    index > 0 &&
    COUNTED_STATES.includes(spans[index]?.state ?? 'pending') &&
    COUNTED_STATES.includes(spans[index - 1]?.state ?? 'pending');
  const recent = spans.filter(
    (span, index) => counts(index) && span.decidedMs > atMs - RULE.flapWindowMinutes * MINUTE_MS,
  );
  return (
    COUNTED_STATES.includes(to) &&
    COUNTED_STATES.includes(spans.at(-1)?.state ?? 'pending') &&
    recent.length >= RULE.flapChanges
  );
}

/** What the other regions found on their own slots, until they fell silent. */
function elsewhere(
  { intervalSeconds }: DemoService,
  { grids }: Checking,
  { createdMs, madeAtMs }: { createdMs: number; madeAtMs: number },
  found: (slotMs: number, region: string) => PastResult,
): PastResult[] {
  const results: PastResult[] = [];
  for (const { region, phaseMs } of grids.slice(1)) {
    let slotMs = nextSlotAfter(createdMs, intervalSeconds * 1000, phaseMs);
    for (
      ;
      slotMs < madeAtMs - SILENT_SINCE_MS;
      slotMs = nextSlotAfter(slotMs, intervalSeconds * 1000, phaseMs)
    ) {
      results.push(found(slotMs, region));
    }
  }
  return results;
}

/** Since when the second region is silent, before the demo was made. */
export const SILENT_SINCE_MS = 41 * MINUTE_MS;

function endWith(
  spans: PastSpan[],
  { ending }: DemoService,
  madeAtMs: number,
  nextSlotMs: number,
  region: string,
): void {
  switch (ending.kind) {
    case 'live':
    case 'pending':
      return;
    case 'silent':
      spans.push({
        ...restful(nextSlotMs, 'unknown'),
        // A silence is noticed late, and holds from the first slot without a word.
        decidedMs: nextSlotMs + 10 * MINUTE_MS,
        reason: 'Checks were due, but no result came in.',
        code: 'no_results',
        grounds: silentGrounds(region),
      });
      return;
    case 'paused':
    case 'maintenance': {
      const fromMs = madeAtMs - ending.sinceMs;
      // What the checks found meanwhile is history, but no state.
      while ((spans.at(-1)?.fromMs ?? 0) >= fromMs) spans.pop();
      spans.push(restful(fromMs, ending.kind));
      return;
    }
    default:
      ending satisfies never;
  }
}

/** A state that rests on no check. */
const restful = (fromMs: number, state: MonitorState): PastSpan => ({
  fromMs,
  decidedMs: fromMs,
  state,
  reason: null,
  code: null,
  flapping: false,
  grounds: null,
  attempts: [],
});

import type { RegionEvidence, StateRecord } from '../../../shared/monitoring/decide-monitor-state.ts';
import { decisionGrounds } from '../../../shared/monitoring/decision-grounds.ts';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import type { DecisionGrounds } from '../../../shared/monitoring/state-change.ts';
import { flappingWords, type StateWords, stateWords } from '../../../shared/monitoring/state-words.ts';
import type { Grid, PastResult } from './history.ts';

/** The settings that the demo's monitors are made with. */
export const RULE = {
  retries: 1,
  recovery: 1,
  retryDelaySeconds: 5,
  quorum: null,
  flapChanges: 4,
  flapWindowMinutes: 15,
  flapQuietMinutes: 5,
};

/** What was asked at one time. */
export type Round = { results: PastResult[] };

const NOTHING_SAID = {
  outcome: null,
  streak: 0,
  lastSlotMs: null,
  turnedMs: null,
  reason: null,
  code: null,
  cutOff: false,
};

/** What a decision that rests on these rounds would have kept of its grounds. */
export function groundsOf(
  from: MonitorState,
  [first, ...again]: readonly [Round, ...Round[]],
  grids: readonly Grid[],
): DecisionGrounds {
  const attempts = [first, ...again].flatMap(({ results }) => results);
  const before: StateRecord = {
    ...{ state: from, sinceMs: 0, reason: null, code: null, flappingSinceMs: null },
    suspectSinceMs: again.length === 0 ? null : (first.results[0]?.slotMs ?? null),
    verificationRound: again.length,
  };
  // A region that was not asked has said nothing against it yet.
  const regions = grids.map(({ region }) => region).filter((region) => saidBy(region, attempts).length > 0);
  const evidence = regions.map((region) => evidenceOf(region, attempts));
  return decisionGrounds(before, evidence, { ...RULE, intervalSeconds: 0 });
}

/** Grounds of a silence: the region had no vote. */
export function silentGrounds(region: string): DecisionGrounds {
  const before: StateRecord = {
    ...{ state: 'up', sinceMs: 0, reason: null, code: null, flappingSinceMs: null },
    ...{ suspectSinceMs: null, verificationRound: 0 },
  };
  return decisionGrounds(before, [{ region, ...NOTHING_SAID, silentSinceMs: 0 }], {
    ...RULE,
    intervalSeconds: 0,
  });
}

/** Why the state is what these checks made it. */
export function wordsOf(
  state: 'up' | 'degraded' | 'down',
  attempts: readonly PastResult[],
  flapping: boolean,
): StateWords {
  const regions = [...new Set(attempts.map(({ region }) => region))];
  const speaking = regions.map((region) => evidenceOf(region, attempts));
  if (!flapping) return stateWords(state, speaking);
  return flappingWords(state, speaking, { ...RULE, intervalSeconds: 0 }, RULE.flapQuietMinutes * 60_000);
}

const saidBy = (region: string, attempts: readonly PastResult[]) =>
  attempts.filter((attempt) => attempt.region === region);

function evidenceOf(region: string, attempts: readonly PastResult[]): RegionEvidence {
  const said = saidBy(region, attempts);
  const last = said.at(-1);
  if (last === undefined || last.outcome === 'void') return { region, ...NOTHING_SAID, silentSinceMs: null };
  return {
    region,
    outcome: last.outcome,
    streak: said.length,
    lastSlotMs: last.slotMs,
    turnedMs: said[0]?.slotMs ?? null,
    reason: last.reason,
    code: last.code,
    silentSinceMs: null,
    cutOff: false,
  };
}

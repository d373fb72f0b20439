import { neededVotes } from './count-votes.ts';
import type { DecisionPolicy, RegionEvidence, StateRecord } from './decide-monitor-state.ts';
import type { DecisionGrounds } from './state-change.ts';

/** Why a decision fell as it did, to be kept with the change: the rule in force and what each region had said. */
export function decisionGrounds(
  before: StateRecord,
  evidence: readonly RegionEvidence[],
  policy: DecisionPolicy,
): DecisionGrounds {
  const voters = evidence.filter((region) => region.silentSinceMs === null).length;
  const { retries, recovery, retryDelaySeconds, flapChanges, flapWindowMinutes, flapQuietMinutes } = policy;
  const needed = neededVotes(policy, voters);
  return {
    rule: {
      ...{ retries, recovery, retryDelaySeconds, needed, voters },
      ...{ flapChanges, flapWindowMinutes, flapQuietMinutes },
    },
    votes: evidence.map((region) => ({
      region: region.region,
      outcome: region.outcome,
      streak: region.streak,
      slotAt: instant(region.lastSlotMs),
      reason: region.reason,
      code: region.code,
      silent: region.silentSinceMs !== null,
    })),
    suspectSince: instant(before.suspectSinceMs),
    rounds: before.verificationRound,
  };
}

const instant = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());

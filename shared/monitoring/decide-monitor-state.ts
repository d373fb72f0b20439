import { countVotes, neededVotes, type RegionVote, voteOf } from './count-votes.ts';
import { beginsToFlap, quietAtMs, quietMs } from './flap-damping.ts';
import type { MonitorState } from './monitor-state.ts';
import { flappingWords, type StateWords, stateWords } from './state-words.ts';

/** What is kept of a monitor between decisions; `monitor_states` holds it. Instants are epoch milliseconds. */
export type StateRecord = {
  state: MonitorState;
  sinceMs: number;
  reason: string | null;
  code: string | null;
  /** The slot that first spoke against the state, while that is being verified; null when nothing is in doubt. */
  suspectSinceMs: number | null;
  /** How many rounds of verification were asked for about the present doubt. */
  verificationRound: number;
  /** Since when the state is held since it flaps; null when it does not. */
  flappingSinceMs: number | null;
};

/** What one region last said. `void` results say nothing, and never come here. */
export type RegionEvidence = {
  region: string;
  /** Null: nothing that still counts. */
  outcome: 'up' | 'degraded' | 'down' | null;
  /** How many results in a row had this outcome. */
  streak: number;
  lastSlotMs: number | null;
  /** The slot at which its outcome last became another; null when it never spoke. */
  turnedMs: number | null;
  reason: string | null;
  code: string | null;
  /** The first slot without a word, once that has been so for two intervals (30 s at least); else null. */
  silentSinceMs: number | null;
  /** It is silent since its prober is cut off from its own network: results came, and all were `void`. */
  cutOff: boolean;
};

/** The monitor's own settings, by which its state is decided. */
export type DecisionPolicy = {
  retries: number;
  recovery: number;
  retryDelaySeconds: number;
  /** How many regions must agree; null: more than half of those that speak. */
  quorum: number | null;
  intervalSeconds: number;
  flapChanges: number;
  flapWindowMinutes: number;
  flapQuietMinutes: number;
};

/** When it is decided, and when changes between up, degraded and down were, since it last began to flap. Epoch milliseconds. */
export type DecisionMoment = { nowMs: number; changesMs: readonly number[] };

export type Decision = StateRecord & {
  changed: boolean;
  /** This change is the one from which on the state is held: the one notice of the flapping. */
  flapping: boolean;
  /** Ask every region again, in so many seconds; null when the decision stands. */
  verifyInSeconds: number | null;
  /** Decide again at this instant, though nothing may have come in; null when only a result can change anything. */
  decideAtMs: number | null;
};

/** Beyond this many rounds a doubt that settles nothing is left to the grid: a target that flips each time. */
const MOST_ROUNDS = 20;

/**
 * What a monitor's state is, given what each region last said. Pure: the same evidence gives the same answer.
 *
 * A region's vote counts once it has said the same `1 + retries` times in a row against the monitor, or `recovery` times
 * for it. More than half of the regions that are not silent must agree, or `quorum` of them (all, where fewer speak). While
 * a turn is unconfirmed every region is asked again: at once, then each `retryDelaySeconds`; and if no answer comes, it is
 * decided again two intervals later. All regions silent is `unknown`, from the first missed slot on.
 *
 * Flapping: the change that is number `flapChanges + 1` within `flapWindowMinutes`, counted between up, degraded and down,
 * is still made and says so. From then on the state is held and nothing is verified, until no region has turned for
 * `flapQuietMinutes`; then it is what the evidence says. Silence is told in between, and ends it. 0 changes: never held.
 */
export function decideMonitorState(
  before: StateRecord,
  evidence: readonly RegionEvidence[],
  policy: DecisionPolicy,
  moment: DecisionMoment,
): Decision {
  if (before.state === 'paused' || before.state === 'maintenance') return stands(before, before);
  const speaking = evidence.filter((region) => region.silentSinceMs === null);
  if (speaking.length === 0)
    return evidence.length === 0 ? stands(before, before) : silence(before, evidence);
  if (before.flappingSinceMs !== null) {
    const decideAtMs = quietAtMs(before.flappingSinceMs, evidence, policy);
    if (moment.nowMs < decideAtMs) return held(before, decideAtMs);
  }

  const votes = speaking.map((region) => voteOf(region, before.state, policy));
  const next = countVotes(votes, before.state, neededVotes(policy, speaking.length));
  const lookAgainMs = moment.nowMs + 2000 * policy.intervalSeconds;
  // As the next state sees them: what it leaves undecided may yet turn it, and nobody is asked.
  const isUndecided = speaking.some((region) => voteOf(region, next, policy) === 'undecided');
  const decideAtMs = isUndecided ? lookAgainMs : null;
  if (next === before.state) {
    const words = stateWords(next, speaking);
    const doubted = doubt(before, speaking, votes, policy);
    if (doubted !== null) {
      const kept = before.flappingSinceMs === null ? before : words;
      return {
        ...stands(before, kept),
        ...doubted,
        decideAtMs: lookAgainMs + 1000 * doubted.verifyInSeconds,
      };
    }
    return { ...stands(before, words), decideAtMs };
  }
  const sinceMs = Math.max(before.sinceMs, beganMs(before, speaking, next) ?? before.sinceMs);
  if (!beginsToFlap(before.state, next, policy, moment)) {
    const after = { state: next, sinceMs, ...stateWords(next, speaking), flappingSinceMs: null };
    return { ...change(after), decideAtMs };
  }
  const flappingSinceMs = moment.nowMs;
  const words = flappingWords(next, speaking, policy, quietMs(policy));
  return {
    ...change({ state: next, sinceMs, ...words, flappingSinceMs }),
    flapping: true,
    decideAtMs: quietAtMs(flappingSinceMs, evidence, policy),
  };
}

const SETTLED = { suspectSinceMs: null, verificationRound: 0, verifyInSeconds: null, decideAtMs: null };

function change(after: Pick<StateRecord, 'state' | 'sinceMs' | 'flappingSinceMs'> & StateWords): Decision {
  return { ...after, ...SETTLED, changed: true, flapping: false };
}

function stands(before: StateRecord, { reason, code }: StateWords): Decision {
  const { state, sinceMs } = before;
  return { state, sinceMs, reason, code, ...SETTLED, flappingSinceMs: null, changed: false, flapping: false };
}

function held(before: StateRecord, decideAtMs: number): Decision {
  return { ...before, ...SETTLED, changed: false, flapping: false, decideAtMs };
}

function silence(before: StateRecord, evidence: readonly RegionEvidence[]): Decision {
  const words = evidence.every((region) => region.cutOff)
    ? { reason: 'The prober is cut off from its network.', code: 'prober_offline' }
    : { reason: 'Checks were due, but no result came in.', code: 'no_results' };
  if (before.state === 'unknown') return stands(before, words);
  // The monitor was watched as long as one region still was.
  const lastHeldMs = Math.max(...evidence.map((region) => region.silentSinceMs ?? before.sinceMs));
  const sinceMs = Math.max(before.sinceMs, lastHeldMs);
  return change({ state: 'unknown', sinceMs, ...words, flappingSinceMs: null });
}

/** What is in doubt, and when to ask again: a region has just turned against the state, or an earlier doubt is not settled. */
function doubt(
  before: StateRecord,
  speaking: readonly RegionEvidence[],
  votes: readonly RegionVote[],
  policy: DecisionPolicy,
): { suspectSinceMs: number; verificationRound: number; verifyInSeconds: number } | null {
  const verificationRound = before.verificationRound + 1;
  if (before.suspectSinceMs === null) {
    const turned = speaking.filter(
      ({ outcome, streak }, index) =>
        outcome !== null &&
        outcome !== before.state &&
        // While the state was held nobody asked again.
        (streak === 1 || (before.flappingSinceMs !== null && votes[index] === 'undecided')),
    );
    if (turned.length === 0) return null;
    const slots = turned.map((region) => region.turnedMs ?? region.lastSlotMs ?? before.sinceMs);
    return { suspectSinceMs: Math.min(...slots), verificationRound, verifyInSeconds: 0 };
  }
  const { suspectSinceMs } = before;
  const unheard = speaking.some((region) => region.lastSlotMs === null || region.lastSlotMs < suspectSinceMs);
  const undecided = votes.includes('undecided');
  if ((!unheard && !undecided) || verificationRound > MOST_ROUNDS) return null;
  return { suspectSinceMs, verificationRound, verifyInSeconds: policy.retryDelaySeconds };
}

/**
 * Since when the next state holds: from the slot that was doubted first; else from the latest slot at which a region that
 * says so spoke, or, where the state was held, turned.
 */
function beganMs(
  before: StateRecord,
  speaking: readonly RegionEvidence[],
  next: MonitorState,
): number | null {
  if (before.suspectSinceMs !== null) return before.suspectSinceMs;
  const slots = speaking
    .filter((region) => region.outcome === next)
    .map((region) => (before.flappingSinceMs === null ? region.lastSlotMs : region.turnedMs) ?? 0);
  return slots.length === 0 ? null : Math.max(...slots);
}

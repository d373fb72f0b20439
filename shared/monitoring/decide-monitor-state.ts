import type { MonitorState } from './monitor-state.ts';

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
};

/** What one region last said. `void` results say nothing, and never come here. */
export type RegionEvidence = {
  region: string;
  /** Null: nothing that still counts. */
  outcome: 'up' | 'degraded' | 'down' | null;
  /** How many results in a row had this outcome. */
  streak: number;
  lastSlotMs: number | null;
  reason: string | null;
  code: string | null;
  /** The first slot without a word, once that has been so for two intervals (30 s at least); else null. */
  silentSinceMs: number | null;
  /** It is silent since its prober is cut off from its own network: results came, and all were `void`. */
  cutOff: boolean;
};

export type DecisionPolicy = { retries: number; recovery: number; retryDelaySeconds: number };

export type Decision = StateRecord & {
  changed: boolean;
  /** Ask every region again, in so many seconds; null when the decision stands. */
  verifyInSeconds: number | null;
};

type Vote = 'up' | 'degraded' | 'down' | 'undecided' | 'none';

/** Beyond this many rounds a doubt that settles nothing is left to the next turn: a target that flips each time. */
const MOST_ROUNDS = 20;

/**
 * What a monitor's state is, given what each region last said. Pure: the same evidence gives the same answer.
 *
 * A region's vote counts once it has said the same `1 + retries` times in a row against the monitor, or `recovery` times
 * for it. More than half of the regions that are not silent must agree. While a turn is unconfirmed every region is
 * asked again: at once, then each `retryDelaySeconds`. All regions silent is `unknown`, from the first missed slot on.
 */
export function decideMonitorState(
  before: StateRecord,
  evidence: readonly RegionEvidence[],
  policy: DecisionPolicy,
): Decision {
  if (before.state === 'paused' || before.state === 'maintenance')
    return stands(before, before.reason, before.code);
  const speaking = evidence.filter((region) => region.silentSinceMs === null);
  if (speaking.length === 0)
    return evidence.length === 0 ? stands(before, before.reason, before.code) : silence(before, evidence);

  const votes = speaking.map((region) => voteOf(region, before.state, policy));
  const next = stateOf(votes, before.state);
  const { reason, code } = wordsFor(next, speaking);
  if (next !== before.state) {
    const sinceMs = Math.max(
      before.sinceMs,
      before.suspectSinceMs ?? latestTurnMs(speaking, next) ?? before.sinceMs,
    );
    return {
      state: next,
      sinceMs,
      reason,
      code,
      suspectSinceMs: null,
      verificationRound: 0,
      changed: true,
      verifyInSeconds: null,
    };
  }
  return doubt(before, speaking, votes, policy) ?? stands(before, reason, code);
}

function stands(before: StateRecord, reason: string | null, code: string | null): Decision {
  return {
    ...before,
    reason,
    code,
    suspectSinceMs: null,
    verificationRound: 0,
    changed: false,
    verifyInSeconds: null,
  };
}

function silence(before: StateRecord, evidence: readonly RegionEvidence[]): Decision {
  const cutOff = evidence.every((region) => region.cutOff);
  const reason = cutOff
    ? 'The prober is cut off from its network.'
    : 'Checks were due, but no result came in.';
  const code = cutOff ? 'prober_offline' : 'no_results';
  if (before.state === 'unknown') return stands(before, reason, code);
  // The monitor was watched as long as one region still was.
  const lastHeldMs = Math.max(...evidence.map((region) => region.silentSinceMs ?? before.sinceMs));
  return {
    state: 'unknown',
    sinceMs: Math.max(before.sinceMs, lastHeldMs),
    reason,
    code,
    suspectSinceMs: null,
    verificationRound: 0,
    changed: true,
    verifyInSeconds: null,
  };
}

function voteOf(region: RegionEvidence, state: MonitorState, policy: DecisionPolicy): Vote {
  const confirmed = (times: number): boolean => region.streak >= times;
  switch (region.outcome) {
    case null:
      return 'none';
    case 'down':
      return state === 'down' || confirmed(1 + policy.retries) ? 'down' : 'undecided';
    case 'degraded':
      if (state === 'degraded') return 'degraded';
      return confirmed(state === 'down' ? policy.recovery : 1 + policy.retries) ? 'degraded' : 'undecided';
    case 'up':
      return state === 'down' || state === 'degraded'
        ? confirmed(policy.recovery)
          ? 'up'
          : 'undecided'
        : 'up';
    default:
      return region.outcome satisfies never;
  }
}

function stateOf(votes: readonly Vote[], state: MonitorState): MonitorState {
  const quorum = Math.floor(votes.length / 2) + 1;
  const count = (vote: Vote) => votes.filter((each) => each === vote).length;
  const [down, degraded, up] = [count('down'), count('degraded'), count('up')];
  if (down >= quorum) return 'down';
  if (down + degraded >= quorum && degraded > 0)
    return state === 'down' && degraded < quorum ? state : 'degraded';
  if (up >= quorum) return 'up';
  if (state === 'down' && up + degraded >= quorum) return 'degraded';
  // A new monitor shows its state with the first answer; a bad one still has to be confirmed.
  const first = state === 'pending' || state === 'unknown';
  if (first && up > 0 && up + count('none') === votes.length) return 'up';
  return state;
}

/** Whether the state is in doubt: a region has just turned against it, or an earlier doubt is not settled yet. */
function doubt(
  before: StateRecord,
  speaking: readonly RegionEvidence[],
  votes: readonly Vote[],
  policy: DecisionPolicy,
): Decision | null {
  const again = (suspectSinceMs: number, verifyInSeconds: number): Decision => ({
    ...before,
    suspectSinceMs,
    verificationRound: before.verificationRound + 1,
    changed: false,
    verifyInSeconds,
  });
  if (before.suspectSinceMs === null) {
    const turned = speaking.filter(
      (region) => region.streak === 1 && region.outcome !== null && region.outcome !== before.state,
    );
    if (turned.length === 0) return null;
    return again(Math.min(...turned.map((region) => region.lastSlotMs ?? before.sinceMs)), 0);
  }
  const suspectSinceMs = before.suspectSinceMs;
  const unheard = speaking.some((region) => region.lastSlotMs === null || region.lastSlotMs < suspectSinceMs);
  const undecided = votes.includes('undecided');
  if ((!unheard && !undecided) || before.verificationRound >= MOST_ROUNDS) return null;
  return again(suspectSinceMs, policy.retryDelaySeconds);
}

/** The latest slot at which a region that now says `next` last spoke. */
function latestTurnMs(speaking: readonly RegionEvidence[], next: MonitorState): number | null {
  const slots = speaking.filter((region) => region.outcome === next).map((region) => region.lastSlotMs ?? 0);
  return slots.length === 0 ? null : Math.max(...slots);
}

function wordsFor(
  state: MonitorState,
  speaking: readonly RegionEvidence[],
): { reason: string | null; code: string | null } {
  if (state !== 'down' && state !== 'degraded') return { reason: null, code: null };
  const against = speaking.filter((region) => region.outcome === 'down' || region.outcome === 'degraded');
  const spokesman = against.find((region) => region.outcome === state) ?? against[0];
  if (spokesman === undefined) return { reason: null, code: null };
  const place = state === 'down' ? 'Down' : 'Degraded';
  return {
    reason:
      speaking.length === 1
        ? spokesman.reason
        : `${place} from ${against.length} of ${speaking.length} regions: ${spokesman.reason ?? 'no reason given'}`,
    code: spokesman.code,
  };
}

import type { DecisionPolicy, RegionEvidence } from './decide-monitor-state.ts';
import type { MonitorState } from './monitor-state.ts';

/** A region's vote; `undecided` until it has said the same often enough, `none` when it has not spoken. */
export type RegionVote = 'up' | 'degraded' | 'down' | 'undecided' | 'none';

/**
 * How many of the regions that speak must agree: more than half of them, or as many as the monitor asks for. Where fewer
 * speak than it asks for, all that do.
 */
export function neededVotes({ quorum }: Pick<DecisionPolicy, 'quorum'>, voters: number): number {
  return quorum === null ? Math.floor(voters / 2) + 1 : Math.min(quorum, voters);
}

/** What a region's word counts for, seen from the present state: against it after retries, for it after recovery. */
export function voteOf(region: RegionEvidence, state: MonitorState, policy: DecisionPolicy): RegionVote {
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

/**
 * The state these votes make. Where a small quorum would have both, what is worse goes first, and it is up only when those
 * that do not say so, or not often enough yet, are too few to say otherwise.
 */
export function countVotes(votes: readonly RegionVote[], state: MonitorState, needed: number): MonitorState {
  const count = (vote: RegionVote) => votes.filter((each) => each === vote).length;
  const [down, degraded, up] = [count('down'), count('degraded'), count('up')];
  const [none, undecided] = [count('none'), count('undecided')];
  if (down >= needed) return 'down';
  if (down + degraded >= needed && degraded > 0)
    return state === 'down' && degraded < needed ? state : 'degraded';
  if (up >= needed && down + degraded + undecided < needed) return 'up';
  if (state === 'down' && degraded > 0 && up + degraded >= needed) return 'degraded';
  // A new monitor shows its state with the first answer; a bad one still has to be confirmed, and by enough of them.
  const first = state === 'pending' || state === 'unknown';
  if (first && up > 0 && (up + none === votes.length || none + undecided === 0)) return 'up';
  return state;
}

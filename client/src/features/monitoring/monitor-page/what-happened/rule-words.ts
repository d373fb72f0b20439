import type { MonitorState } from '../../../../../../shared/monitoring/monitor-state.ts';
import type { DecisionGrounds, Vote } from '../../../../../../shared/monitoring/state-change.ts';

type Turn = { from: MonitorState; to: MonitorState };

/**
 * What it took for a state to turn, as a sentence: "Down takes 2 failures in a row from 2 of 3 regions." The rule is the
 * one that was in force when it turned, whatever the settings are by now; who was silent then had no vote in it.
 */
export function ruleWords(
  { from, to }: Turn,
  { rule, votes }: Pick<DecisionGrounds, 'rule' | 'votes'>,
): string {
  const regions = regionWords(
    rule,
    votes.some(({ silent }) => silent),
  );
  switch (to) {
    case 'down':
      return `Down takes ${inARow(1 + rule.retries, 'failure')} from ${regions}.`;
    case 'degraded':
      return from === 'down'
        ? `To be no longer down takes ${inARow(rule.recovery, 'answer')} from ${regions}.`
        : `Degraded takes ${inARow(1 + rule.retries, 'degraded check')} from ${regions}.`;
    case 'up':
      return from === 'down' || from === 'degraded'
        ? `Up again takes ${inARow(rule.recovery, 'good check')} from ${regions}.`
        : 'The first good check makes it up.';
    case 'unknown':
      return 'Unknown takes the silence of every region, each for two intervals, and for 30 s at least.';
    case 'pending':
    case 'paused':
    case 'maintenance':
      return 'No check decides this.';
    default:
      return to satisfies never;
  }
}

/** What a region had said when the decision fell: "2 in a row", or why it had no vote. */
export function voteWords(vote: Vote): string {
  if (vote.silent) return 'silent, no vote';
  if (vote.outcome === null) return 'nothing that still counted';
  return vote.streak === 1 ? 'once' : `${vote.streak} in a row`;
}

/** How the rule's flap damping bears on the change that began it. */
export function flapWords({
  flapChanges,
  flapWindowMinutes,
  flapQuietMinutes,
}: DecisionGrounds['rule']): string {
  const changes = `more than ${flapChanges} ${flapChanges === 1 ? 'change' : 'changes'} in ${minutes(flapWindowMinutes)}`;
  return `This was one change too many: ${changes}. From here on the state was held until nothing had turned for ${minutes(flapQuietMinutes)}.`;
}

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`);

function inARow(times: number, what: string): string {
  return times === 1 ? `one ${what}` : `${times} ${what}s in a row`;
}

function regionWords({ needed, voters }: DecisionGrounds['rule'], someWereSilent: boolean): string {
  if (voters <= 1) return someWereSilent ? 'the one region that was not silent' : 'its one region';
  const all = voters === 2 ? 'both regions' : `all ${voters} regions`;
  const asked = needed === voters ? all : `${needed} of ${voters} regions`;
  return someWereSilent ? `${asked} that were not silent` : asked;
}

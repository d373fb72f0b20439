import type { Outcome } from '../../../../../shared/checks/outcome.ts';
import type { MonitorState } from '../../../../../shared/monitoring/monitor-state.ts';
import { StateShape, stateTextClass } from '../../../ui/state-mark.tsx';

/** The outcome of one check wears the shape of the state it speaks for; `void` says nothing, as `unknown` does. */
const STATE_OF: Record<Outcome, MonitorState> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  void: 'unknown',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  up: 'Up',
  degraded: 'Degraded',
  down: 'Down',
  void: 'Void',
};

export function OutcomeMark(props: { outcome: Outcome }) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${stateTextClass(STATE_OF[props.outcome])}`}
    >
      <StateShape state={STATE_OF[props.outcome]} />
      {OUTCOME_WORDS[props.outcome]}
    </span>
  );
}

import { Show } from 'solid-js';
import type { MonitorSummary } from '../../../../shared/monitoring/monitor.ts';
import { worstStateOf } from '../../features/monitoring/worst-state.ts';
import { STATE_WORDS, StateShape, stateTextClass } from '../state-mark.tsx';

/** How many monitors are in the worst state there is; nothing when all is well. */
export function WorstCount(props: { summary: MonitorSummary | undefined }) {
  const worst = () => (props.summary === undefined ? null : worstStateOf(props.summary.states));
  return (
    <Show when={worst()}>
      {(state) => (
        <span class={`flex items-center gap-1 text-12 figures ${stateTextClass(state())}`}>
          <StateShape state={state()} class="size-2.5!" />
          {props.summary?.states[state()]}
          <span class="sr-only">{STATE_WORDS[state()]}</span>
        </span>
      )}
    </Show>
  );
}

import { For, Show } from 'solid-js';
import type { MonitorSummary } from '../../../../../shared/monitoring/monitor.ts';
import { MONITOR_STATES, type MonitorState } from '../../../../../shared/monitoring/monitor-state.ts';
import { classNames } from '../../../ui/class-names.ts';
import { STATE_WORDS, StateShape } from '../../../ui/state-mark.tsx';

/** How many monitors are in each state, the worst first; each shows only those. */
export function StateSummary(props: {
  summary: MonitorSummary;
  chosen: MonitorState | null;
  onChoose: (state: MonitorState | null) => void;
}) {
  const states = () =>
    MONITOR_STATES.filter((state) => props.summary.states[state] > 0 || state === props.chosen);
  return (
    <fieldset class="flex min-w-0 flex-wrap items-center gap-1">
      <legend class="sr-only">Show only monitors that are</legend>
      <For each={states()}>
        {(state) => {
          const pressed = () => props.chosen === state;
          return (
            <button
              type="button"
              aria-pressed={pressed()}
              class={classNames(
                'touch-target inline-flex h-8 items-center gap-1.5 rounded-full border px-2.5 text-13 font-medium transition-colors figures',
                pressed()
                  ? 'border-text bg-inverse text-on-inverse'
                  : 'border-line-strong bg-surface text-text hover:bg-hover',
              )}
              onClick={() => props.onChoose(pressed() ? null : state)}
            >
              <StateShape state={state} />
              {props.summary.states[state].toLocaleString('en')} {STATE_WORDS[state]}
            </button>
          );
        }}
      </For>
      <Show when={props.chosen}>
        <button
          type="button"
          class="touch-target h-8 rounded-full px-2.5 text-13 text-muted hover:text-text"
          onClick={() => props.onChoose(null)}
        >
          Show all
        </button>
      </Show>
    </fieldset>
  );
}

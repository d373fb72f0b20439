import { Match, Show, Switch } from 'solid-js';
import type { MonitorState } from '../../../shared/monitoring/monitor-state.ts';
import { classNames } from './class-names.ts';

/** The word of each state, as it stands in a sentence. */
export const STATE_WORDS: Record<MonitorState, string> = {
  down: 'down',
  unknown: 'unknown',
  degraded: 'degraded',
  pending: 'pending',
  maintenance: 'maintenance',
  paused: 'paused',
  up: 'up',
};

const MARK_COLOURS: Record<MonitorState, string> = {
  down: 'text-down',
  unknown: 'text-unknown',
  degraded: 'text-degraded',
  pending: 'text-pending',
  maintenance: 'text-maintenance',
  paused: 'text-paused',
  up: 'text-up',
};

const TEXT_COLOURS: Record<MonitorState, string> = {
  down: 'text-down-text',
  unknown: 'text-unknown-text',
  degraded: 'text-degraded-text',
  pending: 'text-pending-text',
  maintenance: 'text-maintenance-text',
  paused: 'text-paused-text',
  up: 'text-up-text',
};

/** The class that gives text the colour of a state. */
export function stateTextClass(state: MonitorState): string {
  return TEXT_COLOURS[state];
}

/** The shape of a state: each has its own, so that it reads without colour. Decoration: say the word beside it. */
export function StateShape(props: { state: MonitorState; class?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      class={classNames('size-3 shrink-0', MARK_COLOURS[props.state], props.class)}
      fill="currentColor"
      aria-hidden="true"
    >
      <Switch>
        <Match when={props.state === 'up'}>
          <circle cx="6" cy="6" r="4.5" />
        </Match>
        <Match when={props.state === 'degraded'}>
          <path d="M6 1.1 11.6 10.9H.4Z" stroke="currentColor" stroke-width="0.8" stroke-linejoin="round" />
        </Match>
        <Match when={props.state === 'down'}>
          <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="1" />
        </Match>
        <Match when={props.state === 'unknown'}>
          <circle
            cx="6"
            cy="6"
            r="4.4"
            fill="none"
            stroke="currentColor"
            stroke-width="1.7"
            stroke-dasharray="2.6 2.01"
          />
        </Match>
        <Match when={props.state === 'maintenance'}>
          <path d="M6 .6 11.4 6 6 11.4.6 6Z" />
        </Match>
        <Match when={props.state === 'paused'}>
          <rect x="2" y="1.5" width="2.75" height="9" rx="0.75" />
          <rect x="7.25" y="1.5" width="2.75" height="9" rx="0.75" />
        </Match>
        <Match when={props.state === 'pending'}>
          <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6" />
        </Match>
      </Switch>
    </svg>
  );
}

/** Shape and word of a state. `hideWord` leaves the word to screen readers, where the place is too narrow for it. */
export function StateMark(props: { state: MonitorState; hideWord?: boolean; class?: string }) {
  return (
    <span
      class={classNames(
        'inline-flex items-center gap-1.5 font-medium',
        TEXT_COLOURS[props.state],
        props.class,
      )}
    >
      <StateShape state={props.state} />
      <Show
        when={props.hideWord}
        fallback={<span class="first-letter:uppercase">{STATE_WORDS[props.state]}</span>}
      >
        <span class="sr-only">{STATE_WORDS[props.state]}</span>
      </Show>
    </span>
  );
}

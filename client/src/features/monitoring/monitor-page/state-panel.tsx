import ArrowUpDown from 'lucide-solid/icons/arrow-up-down';
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import type { MonitorState } from '../../../../../shared/monitoring/monitor-state.ts';
import { classNames } from '../../../ui/class-names.ts';
import { STATE_WORDS, StateShape, stateTextClass } from '../../../ui/state-mark.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatLatency, formatRhythm } from '../../../ui/time/duration.ts';
import { Lasting } from '../../../ui/time/lasting.tsx';
import { WayToPro } from '../../billing/way-to-pro.tsx';
import { pausedWords, untilResumed } from '../over-plan.ts';

const GROUNDS: Record<MonitorState, string> = {
  down: 'border-down/40 bg-down-soft',
  degraded: 'border-degraded/50 bg-degraded-soft',
  unknown: 'border-dashed border-line-strong bg-unknown-soft',
  maintenance: 'border-maintenance/40 bg-maintenance-soft',
  pending: 'border-line bg-surface',
  paused: 'border-line bg-surface',
  up: 'border-line bg-surface',
};

/** What is, since when, and why: the first thing that is read at three in the morning. */
export function StatePanel(props: { monitor: Monitor }) {
  const monitor = () => props.monitor;
  return (
    <div
      class={classNames('mt-5 flex items-start gap-3 rounded-8 border px-4 py-3.5', GROUNDS[monitor().state])}
    >
      <span class="flex h-6 items-center">
        <StateShape state={monitor().state} class="size-4" />
      </span>
      <div class="min-w-0 flex-1">
        {/* What a screen reader says of itself is a turn, and not each second of it. */}
        <p role="status" class="sr-only">
          {`${monitor().name}: ${STATE_WORDS[monitor().state]}. ${pausedWords(monitor()) ?? monitor().reason ?? ''}`}
        </p>
        <p class={classNames('text-16 font-semibold', stateTextClass(monitor().state))}>
          <StateWords monitor={monitor()} />
        </p>
        <Show when={pausedWords(monitor()) ?? monitor().reason}>
          {(reason) => <p class="mt-0.5 text-14 break-words text-text text-pretty">{reason()}</p>}
        </Show>
        <Show when={monitor().flappingSince}>
          {(since) => (
            <p class="mt-1 flex items-start gap-1.5 text-14 text-text text-pretty">
              <span class="flex h-5 items-center">
                <ArrowUpDown class="size-3.5" aria-hidden="true" />
              </span>
              <span>
                Flapping for <Lasting since={since()} />
              </span>
            </p>
          )}
        </Show>
        <p class="mt-1 text-13 text-muted">
          <LastCheck monitor={monitor()} />
        </p>
      </div>
    </div>
  );
}

function StateWords(props: { monitor: Monitor }): JSX.Element {
  const lasting = () => <Lasting since={props.monitor.stateSince} />;
  return (
    <Switch>
      <Match when={props.monitor.state === 'up'}>Up for {lasting()}</Match>
      <Match when={props.monitor.state === 'down'}>Down for {lasting()}</Match>
      <Match when={props.monitor.state === 'degraded'}>Degraded for {lasting()}</Match>
      <Match when={props.monitor.state === 'unknown'}>Unknown for {lasting()}</Match>
      <Match when={props.monitor.state === 'maintenance'}>In maintenance for {lasting()}</Match>
      <Match when={props.monitor.state === 'paused'}>Paused for {lasting()}</Match>
      <Match when={props.monitor.state === 'pending'}>
        {props.monitor.lastCheckedAt === null
          ? 'Waiting for the first check'
          : 'Confirming what the first check found'}
      </Match>
    </Switch>
  );
}

function Until(props: { monitor: Monitor }): JSX.Element {
  return (
    <>
      {untilResumed(props.monitor)}
      <Show when={props.monitor.pausedFor === 'plan'}>
        {' '}
        <WayToPro />
      </Show>
    </>
  );
}

function LastCheck(props: { monitor: Monitor }): JSX.Element {
  const rhythm = () => `Checked ${formatRhythm(props.monitor.intervalSeconds)}`;
  return (
    <Show when={props.monitor.state !== 'paused'} fallback={<Until monitor={props.monitor} />}>
      <Show when={props.monitor.lastCheckedAt} fallback={`${rhythm()}; the first is under way.`}>
        {(at) => (
          <>
            {rhythm()}, last <Ago at={at()} />
            <Show when={props.monitor.latencyMs !== null}>
              <span class="figures">, answered in {formatLatency(props.monitor.latencyMs ?? 0)}</span>
            </Show>
          </>
        )}
      </Show>
    </Show>
  );
}

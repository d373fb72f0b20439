import { A } from '@solidjs/router';
import { For, Match, Show, Switch } from 'solid-js';
import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { Badge } from '../../../ui/badge.tsx';
import { formatRatio } from '../../../ui/charts/format-ratio.ts';
import { Sparkline } from '../../../ui/charts/sparkline.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { STATE_WORDS, StateShape, stateTextClass } from '../../../ui/state-mark.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { formatLatency } from '../../../ui/time/duration.ts';
import { Lasting } from '../../../ui/time/lasting.tsx';
import { pausedWords } from '../over-plan.ts';
import { latencyWords } from './latency-words.ts';
import { MonitorMarks } from './monitor-marks.tsx';

type CellProps = { monitor: MonitorListItem };

/** Marks the link of a row, so that j and k find it. */
export const ROW_LINK = 'data-row-link';

/** The link of a row lies over all of it; what explains itself on hover lies over the link. */
const ABOVE_LINK = 'relative z-10';

const SHOWN_TAGS = 2;

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

const isTrouble = (monitor: MonitorListItem) =>
  monitor.state === 'down' || monitor.state === 'degraded' || monitor.state === 'unknown';

/** Mark, name and address. Its link covers the whole row. Where there is no column for it, what is wrong stands here. */
export function MonitorCell(props: CellProps & { lateRegions: readonly string[] }) {
  return (
    <div class="flex min-w-0 items-start gap-3">
      <span class="flex h-5 items-center">
        <StateShape state={props.monitor.state} />
        <span class="sr-only">{STATE_WORDS[props.monitor.state]}: </span>
      </span>
      <div class="min-w-0 flex-1">
        <div class="flex min-w-0 items-center gap-2">
          <A
            href={`/monitors/${props.monitor.id}`}
            {...{ [ROW_LINK]: props.monitor.id }}
            class={classNames(
              // On a phone two lines say the name whole, where one would leave half of it out.
              'min-w-0 line-clamp-2 break-words font-medium outline-none after:absolute after:inset-0 @lg:block @lg:truncate',
              'focus-visible:after:rounded-4 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus',
              props.monitor.state === 'paused' && 'text-muted',
            )}
          >
            {props.monitor.name}
          </A>
          <MonitorMarks monitor={props.monitor} lateRegions={props.lateRegions} />
          <span class="hidden shrink-0 gap-1 @5xl:flex">
            <For each={props.monitor.tags.slice(0, SHOWN_TAGS)}>{(tag) => <Badge>{tag}</Badge>}</For>
            <Show when={props.monitor.tags.length > SHOWN_TAGS}>
              <Badge>+{props.monitor.tags.length - SHOWN_TAGS}</Badge>
            </Show>
          </span>
        </div>
        <p
          class="mono truncate text-12 text-faint"
          classList={{ 'hidden @3xl:block': isTrouble(props.monitor) }}
          title={props.monitor.target}
        >
          {props.monitor.target}
        </p>
        <Show when={isTrouble(props.monitor)}>
          <div class="@3xl:hidden">
            <Trouble monitor={props.monitor} />
          </div>
        </Show>
        <Show when={pausedWords(props.monitor)}>
          {(why) => <p class="text-12 text-muted @3xl:hidden">Paused: {lowerFirst(why())}</p>}
        </Show>
      </div>
    </div>
  );
}

/** The state in words, since when, and why. */
export function StateCell(props: CellProps) {
  return (
    <div class="w-56 @[62rem]:w-68 @5xl:w-72">
      <Switch
        fallback={
          <span class="text-13 text-faint">
            <span class="inline-block first-letter:uppercase">{STATE_WORDS[props.monitor.state]}</span>
            {' · '}
            <Lasting since={props.monitor.stateSince} class={ABOVE_LINK} />
            <Show when={pausedWords(props.monitor)}>
              {(why) => <span class="block text-12 text-muted">{why()}</span>}
            </Show>
          </span>
        }
      >
        <Match when={isTrouble(props.monitor)}>
          <Trouble monitor={props.monitor} />
        </Match>
        <Match when={props.monitor.state === 'pending'}>
          <span class="text-13 text-faint">Waiting for the first check</span>
        </Match>
      </Switch>
    </div>
  );
}

function Trouble(props: CellProps) {
  return (
    <>
      <p class={classNames('text-13 font-medium', stateTextClass(props.monitor.state))}>
        <span class="inline-block first-letter:uppercase">{STATE_WORDS[props.monitor.state]}</span>
        <span class="font-normal figures">
          {' · '}
          <Lasting since={props.monitor.stateSince} class={ABOVE_LINK} />
        </span>
      </p>
      <Show when={props.monitor.reason}>
        {(reason) => (
          <p class="line-clamp-2 text-12 text-muted @3xl:line-clamp-1" title={reason()}>
            {reason()}
          </p>
        )}
      </Show>
    </>
  );
}

/** The last answers as a small chart, and the last one as a figure; in a narrow list, when that was. */
export function LatencyCell(props: CellProps) {
  return (
    <div class="flex items-center justify-end gap-3">
      <span class="hidden @2xl:block">
        <Sparkline
          values={props.monitor.recentLatenciesMs}
          label={latencyWords(props.monitor.recentLatenciesMs)}
        />
      </span>
      <span class="min-w-16 text-right whitespace-nowrap figures">
        <Show when={props.monitor.latencyMs} fallback={<None words="No answer yet" />}>
          {(latencyMs) => <span class="block text-13">{formatLatency(latencyMs())}</span>}
        </Show>
        <span class="block text-12 text-faint @4xl:hidden">
          <Show when={props.monitor.lastCheckedAt}>{(at) => <Ago at={at()} class={ABOVE_LINK} />}</Show>
        </span>
      </span>
    </div>
  );
}

export function UptimeCell(props: CellProps) {
  return (
    <span class="text-13 whitespace-nowrap figures">
      <Show when={props.monitor.uptime24h !== null} fallback={<None words="Not known yet" />}>
        {formatRatio(props.monitor.uptime24h ?? 0)}
      </Show>
    </span>
  );
}

export function LastCheckCell(props: CellProps) {
  return (
    <span class="inline-block min-w-16 text-13 whitespace-nowrap text-muted figures">
      <Show when={props.monitor.lastCheckedAt} fallback={<None words="Not checked yet" />}>
        {(at) => <Ago at={at()} class={ABOVE_LINK} />}
      </Show>
    </span>
  );
}

/** A dash where there is no figure, and why for who cannot see the dash. */
function None(props: { words: string }) {
  return (
    <span class="text-13 text-faint">
      <span aria-hidden="true">–</span>
      <span class="sr-only">{props.words}</span>
    </span>
  );
}

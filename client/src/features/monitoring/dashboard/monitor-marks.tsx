import ArrowUpDown from 'lucide-solid/icons/arrow-up-down';
import ClockAlert from 'lucide-solid/icons/clock-alert';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { type JSX, Show } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { clockTime } from '../../../ui/time/relative-time.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { lateSentence, silentSentence } from './mark-words.ts';

/** What is to be known of a monitor beside its state: that it is held since it flaps, and whose word is missing or late. */
export function MonitorMarks(props: { monitor: Monitor; lateRegions: readonly string[] }) {
  const isMarked = () =>
    props.monitor.flappingSince !== null ||
    props.monitor.silentRegions.length > 0 ||
    props.lateRegions.length > 0;
  return (
    <Show when={isMarked()}>
      <span class="flex shrink-0 gap-1">
        <Show when={props.monitor.flappingSince}>
          {(since) => (
            <Mark
              word="flapping"
              sentence={`Flapping since ${clockTime(Date.parse(since()))}: its state is held until nothing has turned for ${minutes(props.monitor.flapQuietMinutes)}.`}
              sign={<ArrowUpDown class="size-3" aria-hidden="true" />}
            />
          )}
        </Show>
        <Show when={props.monitor.silentRegions.length > 0}>
          <Mark
            word="silent"
            sentence={silentSentence(props.monitor)}
            sign={<WifiOff class="size-3" aria-hidden="true" />}
          />
        </Show>
        <Show when={props.lateRegions.length > 0}>
          <Mark
            word="late"
            sentence={lateSentence(props.lateRegions, props.monitor.regions.length)}
            sign={<ClockAlert class="size-3" aria-hidden="true" />}
          />
        </Show>
      </span>
    </Show>
  );
}

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`);

/** A sign, with its word where there is room, and the sentence on hover and focus. It lies over the link of its row. */
function Mark(props: { word: string; sentence: string; sign: JSX.Element }) {
  return (
    <Tooltip text={props.sentence}>
      {(trigger) => (
        <span
          {...trigger}
          tabindex="0"
          class="relative z-10 inline-flex h-5 cursor-default items-center gap-1 rounded-4 border border-line-strong px-1 text-12 font-medium text-muted"
        >
          {props.sign}
          <span class="sr-only @lg:not-sr-only">{props.word}</span>
        </span>
      )}
    </Tooltip>
  );
}

import CircleCheck from 'lucide-solid/icons/circle-check';
import ClockAlert from 'lucide-solid/icons/clock-alert';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { Match, Switch } from 'solid-js';
import type { RegionCondition } from '../../../../shared/monitoring/region-status.ts';
import { classNames } from '../../ui/class-names.ts';

const CONDITION_WORDS: Record<RegionCondition, string> = {
  on_time: 'On time',
  late: 'Late',
  silent: 'Silent',
};

/** How a region does, by a sign and a word. It wears no colour of a state: a region has none, its monitors have. */
export function RegionConditionMark(props: { condition: RegionCondition }) {
  return (
    <span
      class={classNames(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        props.condition === 'on_time' ? 'text-muted' : 'font-medium text-text',
      )}
    >
      <Switch>
        <Match when={props.condition === 'on_time'}>
          <CircleCheck class="size-4" aria-hidden="true" />
        </Match>
        <Match when={props.condition === 'late'}>
          <ClockAlert class="size-4" aria-hidden="true" />
        </Match>
        <Match when={props.condition === 'silent'}>
          <WifiOff class="size-4" aria-hidden="true" />
        </Match>
      </Switch>
      {CONDITION_WORDS[props.condition]}
    </span>
  );
}

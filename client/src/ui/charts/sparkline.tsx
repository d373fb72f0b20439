import { createMemo, For, Show } from 'solid-js';
import { sparklineShape } from './sparkline-path.ts';

const BOX = { width: 96, height: 24, inset: 2 };

/** The last latencies of a monitor, small, oldest first; null for a failed check. `label` says the same in words. */
export function Sparkline(props: { values: (number | null)[]; label: string }) {
  const shape = createMemo(() => sparklineShape(props.values, BOX));
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      class="h-6 w-24 shrink-0 text-muted"
      fill="none"
    >
      <path d={shape().area} fill="currentColor" opacity="0.12" />
      <path
        d={shape().line}
        stroke="currentColor"
        stroke-width="1.25"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <For each={shape().gaps}>
        {(gap) => (
          <rect
            x={gap.from - 1.25}
            y={BOX.height - 5}
            width={gap.to - gap.from + 2.5}
            height="4"
            rx="1"
            class="fill-down"
          />
        )}
      </For>
      <Show when={shape().last}>
        {(last) => <circle cx={last().x} cy={last().y} r="1.75" fill="currentColor" />}
      </Show>
    </svg>
  );
}

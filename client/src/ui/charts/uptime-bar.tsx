import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import type { UptimeDay } from '../../../../shared/monitoring/history.ts';
import { stepByKey } from './step-by-key.ts';
import { dayName, describeDay, describeDays, sharesOf } from './uptime-days.ts';

const HEIGHT = 36;
/** A minute of a day would be thinner than a pixel: what was not up is at least this high. */
const LEAST = 5;
/** Narrower than this, a bar and its gap cannot be told apart: then only the newer half is drawn. */
const LEAST_SLOT = 5;

/**
 * One bar a day, oldest first: green as far as it was up, amber and red from the foot as far as it was not, and dashed
 * where nothing was watched. The day under the pointer, or chosen by arrow keys, is told below.
 */
export function UptimeBar(props: { days: UptimeDay[] }) {
  const [chosen, setChosen] = createSignal<number | null>(null);
  const [isNarrow, setNarrow] = createSignal(false);
  const drawn = createMemo(() =>
    isNarrow() ? props.days.slice(-Math.ceil(props.days.length / 2)) : props.days,
  );
  const slot = () => 100 / drawn().length;
  const day = () => (chosen() === null ? undefined : drawn()[chosen() ?? 0]);
  const summary = createMemo(() => describeDays(props.days));
  const words = () => {
    const shown = day();
    return shown === undefined ? summary() : `${dayName(shown.day)}: ${describeDay(shown)}`;
  };

  const point = (event: PointerEvent & { currentTarget: Element }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * drawn().length);
    setChosen(Math.min(drawn().length - 1, Math.max(0, index)));
  };

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = stepByKey(event.key, chosen(), { first: 0, last: drawn().length - 1, stride: 7 });
    if (index === undefined && (event.key !== 'Escape' || chosen() === null)) return;
    event.preventDefault();
    setChosen(index ?? null);
  };

  let frame!: HTMLDivElement;
  onMount(() => {
    const resize = new ResizeObserver(() => setNarrow(frame.clientWidth < props.days.length * LEAST_SLOT));
    resize.observe(frame);
    onCleanup(() => resize.disconnect());
  });

  return (
    <div>
      <div
        ref={frame}
        role="slider"
        tabIndex={0}
        class="rounded-4"
        aria-label={`Uptime of the last ${drawn().length} days`}
        aria-valuemin="0"
        aria-valuemax={drawn().length - 1}
        aria-valuenow={chosen() ?? drawn().length - 1}
        aria-valuetext={words()}
        onKeyDown={press}
        onBlur={() => setChosen(null)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
      >
        <svg width="100%" height={HEIGHT} class="block" aria-hidden="true">
          <For each={drawn()}>
            {(each, index) => (
              <DayBar
                day={each}
                x={index() * slot()}
                width={slot() * 0.72}
                dimmed={chosen() !== null && chosen() !== index()}
              />
            )}
          </For>
        </svg>
      </div>
      <div class="mt-2 grid grid-cols-2 gap-x-3 gap-y-1 text-12 text-faint lg:grid-cols-[auto_minmax(0,1fr)_auto] lg:items-baseline">
        <span>{drawn().length} days ago</span>
        <span class="text-right lg:order-last">Today</span>
        <span class="figures col-span-2 min-h-15 text-13 text-pretty text-muted md:min-h-10 lg:col-span-1 lg:min-h-0 lg:text-center">
          {words()}
        </span>
      </div>
    </div>
  );
}

function DayBar(props: { day: UptimeDay; x: number; width: number; dimmed: boolean }) {
  const shares = createMemo(() => sharesOf(props.day));
  const height = (share: number) => (share === 0 ? 0 : Math.max(LEAST, share * HEIGHT));
  const down = () => height(shares()?.down ?? 0);
  const degraded = () => height(shares()?.degraded ?? 0);
  const rest = () => Math.max(0, HEIGHT - down() - degraded());
  return (
    <g opacity={props.dimmed ? 0.4 : 1}>
      <Show
        when={shares()}
        fallback={
          <rect
            x={`${props.x}%`}
            y="0.5"
            width={`${props.width}%`}
            height={HEIGHT - 1}
            rx="1"
            class="fill-transparent stroke-line-strong"
            stroke-dasharray="2 2"
          />
        }
      >
        <rect x={`${props.x}%`} y="0" width={`${props.width}%`} height={rest()} class="fill-up" />
        <rect
          x={`${props.x}%`}
          y={rest()}
          width={`${props.width}%`}
          height={degraded()}
          class="fill-degraded"
        />
        <rect
          x={`${props.x}%`}
          y={HEIGHT - down()}
          width={`${props.width}%`}
          height={down()}
          class="fill-down"
        />
      </Show>
    </g>
  );
}

import { For } from 'solid-js';
import type { MonitorState } from '../../../../../shared/monitoring/monitor-state.ts';
import { Sparkline } from '../../../ui/charts/sparkline.tsx';
import { StateShape, stateTextClass } from '../../../ui/state-mark.tsx';

const ROWS: { state: MonitorState; name: string; words: string; values: (number | null)[] }[] = [
  {
    state: 'down',
    name: 'api.example.com',
    words: 'Down · 3 min',
    values: [38, 41, 37, 44, 40, 39, null, null],
  },
  {
    state: 'degraded',
    name: 'shop.example.com',
    words: 'Degraded · 40 s',
    values: [30, 34, 31, 36, 58, 74, 80, 77],
  },
  { state: 'up', name: 'www.example.com', words: '142 ms', values: [42, 40, 45, 41, 43, 40, 44, 42] },
];

/** A picture of the list as it will be, for who has nothing in it yet. */
export function SampleRows() {
  return (
    <div class="rounded-8 border border-line bg-surface text-left shadow-small">
      <For each={ROWS}>
        {(row) => (
          <div class="flex h-11 items-center gap-3 border-b border-line px-3 text-13 last:border-b-0">
            <StateShape state={row.state} />
            <span class="min-w-0 flex-1 truncate font-medium">{row.name}</span>
            <span class={row.state === 'up' ? 'text-muted' : stateTextClass(row.state)}>{row.words}</span>
            <span class="hidden sm:block">
              <Sparkline values={row.values} label="" />
            </span>
          </div>
        )}
      </For>
    </div>
  );
}

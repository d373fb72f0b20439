import { FlexRender, type Header } from '@tanstack/solid-table';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Match, Show, Switch } from 'solid-js';
import { HeaderCell } from '../../../ui/table.tsx';
import { COLUMN_CLASSES, type features, type ListRow } from './monitor-columns.tsx';

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

/** The head of a column: its name, and the button that sorts by it. */
export function ColumnHead(props: { header: Header<typeof features, ListRow> }) {
  const column = () => props.header.column;
  const sorted = () => column().getIsSorted();
  const ariaSort = () => {
    const way = sorted();
    return way === false ? undefined : ARIA_SORT[way];
  };
  return (
    <HeaderCell class={COLUMN_CLASSES[column().id]} aria-sort={ariaSort()}>
      <Show when={column().getCanSort()} fallback={<FlexRender header={props.header} />}>
        <button
          type="button"
          class="-mx-1 inline-flex h-7 items-center gap-1 rounded-4 px-1 hover:text-text"
          onClick={column().getToggleSortingHandler()}
        >
          <FlexRender header={props.header} />
          <Switch>
            <Match when={sorted() === 'asc'}>
              <ArrowUp class="size-3" aria-hidden="true" />
            </Match>
            <Match when={sorted() === 'desc'}>
              <ArrowDown class="size-3" aria-hidden="true" />
            </Match>
          </Switch>
        </button>
      </Show>
    </HeaderCell>
  );
}

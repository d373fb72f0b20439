import { createTable } from '@tanstack/solid-table';
import { type Accessor, createMemo, createSignal, For, mapArray, Show, untrack } from 'solid-js';
import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Cell, HeaderCell, Row, Table } from '../../../ui/table.tsx';
import { ColumnHead } from './column-head.tsx';
import { createHeldOrder } from './held-order.ts';
import { lateRegionsOf } from './late-regions.ts';
import type { ListFilters, SortKey } from './list-filters.ts';
import { ROW_LINK } from './monitor-cells.tsx';
import { COLUMN_CLASSES, columns, features, type ListRow } from './monitor-columns.tsx';
import { RowMenu } from './row-menu.tsx';
import { useRowKeys } from './use-row-keys.ts';

/** A click beside the link, on what lies over it, opens the monitor as the link does. */
function openRow(event: MouseEvent & { currentTarget: HTMLTableRowElement; target: Element }): void {
  if (event.target.closest('a, button, [role="menu"]') !== null) return;
  const link = event.currentTarget.querySelector(`[${ROW_LINK}]`);
  link?.dispatchEvent(new MouseEvent('click', event));
}

/** The monitors of one page. Values change in place; rows change places only while nobody points at them. */
export function MonitorTable(props: {
  monitors: MonitorListItem[];
  /** The names of the regions that are late, whichever monitors are checked from there. */
  lateRegions: readonly string[];
  filters: ListFilters;
  /** What the list is about, for the order to be taken anew when that changes. */
  subject: string;
  mayChange: boolean;
  mayAdd: boolean;
  busy: boolean;
  onSort: (sort: SortKey, direction: 'asc' | 'desc') => void;
  onRemove: (monitor: MonitorListItem) => void;
}) {
  const [pointed, setPointed] = createSignal(false);
  const [focused, setFocused] = createSignal(false);
  const [menuOpen, setMenuOpen] = createSignal(false);
  let body: HTMLTableSectionElement | undefined;
  // What had the focus may have left the list without a word.
  const hasFocus = () => focused() && body?.contains(document.activeElement) === true;
  const ids = createHeldOrder(
    () => props.monitors.map((monitor) => monitor.id),
    () => pointed() || menuOpen() || hasFocus(),
    () => props.subject,
  );
  const monitorOf = createMemo(() => new Map(props.monitors.map((monitor) => [monitor.id, monitor])));
  const rows = mapArray(ids, (id): ListRow => {
    // What it was last, for the moment in which it is leaving the list.
    const newest = createMemo((before: MonitorListItem | undefined) => monitorOf().get(id) ?? before);
    const monitor = newest as Accessor<MonitorListItem>; // an id that is listed has a monitor
    return { id, monitor, lateRegions: createMemo(() => lateRegionsOf(monitor(), props.lateRegions)) };
  });

  const table = createTable({
    features,
    columns,
    getRowId: (row: ListRow) => row.id,
    get data() {
      return rows();
    },
    get state() {
      return { sorting: [{ id: props.filters.sort, desc: props.filters.direction === 'desc' }] };
    },
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    onSortingChange: (change) => {
      const before = [{ id: props.filters.sort, desc: props.filters.direction === 'desc' }];
      const [next] = typeof change === 'function' ? change(before) : change;
      // The ids of the columns that sort are the server's own keys.
      if (next !== undefined) props.onSort(next.id as SortKey, next.desc ? 'desc' : 'asc');
    },
  });

  useRowKeys({ body: () => body, monitorOf: (id) => monitorOf().get(id), mayChange: () => props.mayChange });

  return (
    <div class={classNames('@container transition-opacity', props.busy && 'opacity-60')}>
      <Table label="Monitors">
        <thead class="sr-only @lg:not-sr-only @lg:table-header-group">
          <For each={table.getHeaderGroups()}>
            {(group) => (
              <tr>
                <For each={group.headers}>{(header) => <ColumnHead header={header} />}</For>
                <Show when={props.mayChange}>
                  <HeaderCell>
                    <span class="sr-only">Actions</span>
                  </HeaderCell>
                </Show>
              </tr>
            )}
          </For>
        </thead>
        <tbody
          ref={body}
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onFocusIn={() => setFocused(true)}
          onFocusOut={() => setFocused(false)}
        >
          <For each={rows()}>
            {({ id, monitor }) => (
              <Row class="relative cursor-pointer hover:bg-hover" onClick={openRow}>
                {/* The table makes new rows and cells whenever the order changes; the first ones go on reading the newest. */}
                <For each={untrack(() => table.getRow(id).getAllCells())}>
                  {(cell) => (
                    <Cell class={classNames('py-1 align-middle', COLUMN_CLASSES[cell.column.id])}>
                      <table.FlexRender cell={cell} />
                    </Cell>
                  )}
                </For>
                <Show when={props.mayChange}>
                  <Cell class="px-1.5! text-right">
                    <RowMenu
                      monitor={monitor()}
                      mayAdd={props.mayAdd}
                      onRemove={() => props.onRemove(monitor())}
                      onOpenChange={setMenuOpen}
                    />
                  </Cell>
                </Show>
              </Row>
            )}
          </For>
        </tbody>
      </Table>
    </div>
  );
}

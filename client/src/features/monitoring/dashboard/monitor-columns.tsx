import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/solid-table';
import type { Accessor } from 'solid-js';
import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { FIRST_DIRECTION } from './list-filters.ts';
import { LastCheckCell, LatencyCell, MonitorCell, StateCell, UptimeCell } from './monitor-cells.tsx';

/** The server sorts; the table only knows what is sorted by, and which way. */
export const features = tableFeatures({ rowSortingFeature });

/**
 * A row of the table: stays the same object for as long as its monitor is listed, while what it reads is always the
 * newest. So a row is drawn once, and only what changed in it is drawn again.
 */
export type ListRow = {
  id: string;
  monitor: Accessor<MonitorListItem>;
  /** Which of the regions it is checked from are late. */
  lateRegions: Accessor<readonly string[]>;
};

const helper = createColumnHelper<typeof features, ListRow>();

const sortable = (id: keyof typeof FIRST_DIRECTION) => ({
  id,
  sortDescFirst: FIRST_DIRECTION[id] === 'desc',
});

export const columns = helper.columns([
  helper.accessor((row) => row.monitor().name, {
    ...sortable('name'),
    header: 'Monitor',
    cell: (cell) => (
      <MonitorCell monitor={cell.row.original.monitor()} lateRegions={cell.row.original.lateRegions()} />
    ),
  }),
  helper.accessor((row) => row.monitor().state, {
    ...sortable('state'),
    header: 'State',
    cell: (cell) => <StateCell monitor={cell.row.original.monitor()} />,
  }),
  helper.accessor((row) => row.monitor().latencyMs, {
    ...sortable('latency'),
    header: 'Latency',
    cell: (cell) => <LatencyCell monitor={cell.row.original.monitor()} />,
  }),
  helper.accessor((row) => row.monitor().uptime24h, {
    ...sortable('uptime'),
    header: 'Uptime 24 h',
    cell: (cell) => <UptimeCell monitor={cell.row.original.monitor()} />,
  }),
  helper.accessor((row) => row.monitor().lastCheckedAt, {
    id: 'lastCheck',
    header: 'Last check',
    enableSorting: false,
    cell: (cell) => <LastCheckCell monitor={cell.row.original.monitor()} />,
  }),
]);

/** Width and place of each column. A narrow list leaves out what its other columns can say in fewer pixels. */
export const COLUMN_CLASSES: Record<string, string> = {
  name: 'w-full max-w-0',
  state: 'hidden @3xl:table-cell',
  latency: 'text-right',
  uptime: 'hidden text-right @lg:table-cell',
  lastCheck: 'hidden text-right @4xl:table-cell',
};

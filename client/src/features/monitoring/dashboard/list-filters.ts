import type { SORT_KEYS } from '../../../../../shared/monitoring/monitor-input.ts';
import { MONITOR_STATES, type MonitorState } from '../../../../../shared/monitoring/monitor-state.ts';

export type SortKey = (typeof SORT_KEYS)[number];
export type Direction = 'asc' | 'desc';

/** What the list shows and in which order, as its address holds it. */
export type ListFilters = {
  search: string;
  state: MonitorState | null;
  tag: string | null;
  sort: SortKey;
  direction: Direction;
};

/** Which way each order goes unless told: worst, slowest and newest first, names from A. As the server has it. */
export const FIRST_DIRECTION: Record<SortKey, Direction> = {
  state: 'asc',
  name: 'asc',
  latency: 'desc',
  uptime: 'asc',
  createdAt: 'desc',
};

export const PAGE_SIZE = 50;

type Query = Record<string, string | string[] | undefined>;

/** Reads the filters from an address; whatever is not one of ours means "not filtered". */
export function readFilters(query: Query): ListFilters {
  const text = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  };
  const sort = oneOf(Object.keys(FIRST_DIRECTION) as SortKey[], text('sort')) ?? 'state'; // keys forgets whose they are
  return {
    search: text('q').slice(0, 200),
    state: oneOf(MONITOR_STATES, text('state')),
    tag: text('tag').slice(0, 40) || null,
    sort,
    direction: oneOf(['asc', 'desc'] as const, text('direction')) ?? FIRST_DIRECTION[sort],
  };
}

/** The part of an address that holds the filters; what goes without saying is left out. */
export function writeFilters(filters: ListFilters): Record<string, string | undefined> {
  return {
    q: filters.search || undefined,
    state: filters.state ?? undefined,
    tag: filters.tag ?? undefined,
    sort: filters.sort === 'state' ? undefined : filters.sort,
    direction: filters.direction === FIRST_DIRECTION[filters.sort] ? undefined : filters.direction,
  };
}

/** What `monitors.list` is asked for. `cursor` is where the page before ended. */
export function listInput(filters: ListFilters, cursor: string | undefined) {
  return {
    ...filters,
    state: filters.state ?? undefined,
    tag: filters.tag ?? undefined,
    cursor,
    limit: PAGE_SIZE,
  };
}

/** Whether anything is left out of the list. */
export function isFiltered(filters: ListFilters): boolean {
  return filters.search !== '' || filters.state !== null || filters.tag !== null;
}

function oneOf<T extends string>(choices: readonly T[], text: string): T | null {
  return choices.find((choice) => choice === text) ?? null;
}

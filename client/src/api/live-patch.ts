import type { Monitor, MonitorListItem } from '../../../shared/monitoring/monitor.ts';

/** As many points as the server sends for the small chart of a row. */
const CHART_POINTS = 24;

/** One page of `monitors.list`, and the pages of an infinite query over it. */
export type MonitorPage = { items: MonitorListItem[]; nextCursor: string | null; total: number };
export type MonitorPages = { pages: MonitorPage[]; pageParams: unknown[] };

/**
 * Whether `incoming` was read before `held`: nothing of it is newer, something is older. A change that was under way
 * while a person paused the monitor must not undo what the answer already showed.
 */
export function isOlder(incoming: Monitor, held: Monitor): boolean {
  const order = [
    compare(incoming.updatedAt, held.updatedAt),
    compare(incoming.stateSince, held.stateSince),
    compare(incoming.lastCheckedAt ?? '', held.lastCheckedAt ?? ''),
  ];
  return order.every((sign) => sign <= 0) && order.some((sign) => sign < 0);
}

/** ISO 8601 instants in UTC with the same number of digits sort as text. */
function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** A row with what changed put in: in its place, its small chart one point further when there was a new check. */
function patchItem(held: MonitorListItem, incoming: Monitor): MonitorListItem {
  const checkedAgain = incoming.lastCheckedAt !== null && incoming.lastCheckedAt !== held.lastCheckedAt;
  const recentLatenciesMs = checkedAgain
    ? [...held.recentLatenciesMs, incoming.latencyMs].slice(-CHART_POINTS)
    : held.recentLatenciesMs;
  return { ...incoming, recentLatenciesMs };
}

/** The page with the monitor changed where it stands; the same page when it is not on it. Rows never change places. */
export function patchPage(page: MonitorPage, incoming: Monitor): MonitorPage {
  const index = page.items.findIndex((item) => item.id === incoming.id);
  const held = page.items[index];
  if (held === undefined || isOlder(incoming, held)) return page;
  return { ...page, items: page.items.with(index, patchItem(held, incoming)) };
}

/** The page without the monitor, its total one less; the same page when it is not on it. */
export function removeFromPage(page: MonitorPage, monitorId: string): MonitorPage {
  const items = page.items.filter((item) => item.id !== monitorId);
  return items.length === page.items.length ? page : { ...page, items, total: page.total - 1 };
}

/** The same over a single page or all pages of an infinite query; the very same object when nothing changed. */
export function mapPages<T extends MonitorPage | MonitorPages>(
  data: T,
  change: (page: MonitorPage) => MonitorPage,
): T;
export function mapPages(
  data: MonitorPage | MonitorPages,
  change: (page: MonitorPage) => MonitorPage,
): MonitorPage | MonitorPages {
  if (!('pages' in data)) return change(data);
  const pages = data.pages.map(change);
  if (pages.every((page, index) => page === data.pages[index])) return data;
  // Each page carries the total of all: when one row went, all of them are one less.
  const fewer = Math.min(...pages.map((page) => page.total));
  return { ...data, pages: pages.map((page) => (page.total === fewer ? page : { ...page, total: fewer })) };
}

/** The monitor as a page holds it; undefined when it is on none. */
export function findOnPages(
  data: MonitorPage | MonitorPages,
  monitorId: string,
): MonitorListItem | undefined {
  const pages = 'pages' in data ? data.pages : [data];
  return pages.flatMap((page) => page.items).find((item) => item.id === monitorId);
}

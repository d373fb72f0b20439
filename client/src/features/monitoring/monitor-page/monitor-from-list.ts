import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { findOnPages, type MonitorPage, type MonitorPages } from '../../../api/live-patch.ts';
import { queryClient } from '../../../api/queries.ts';

/** The monitor as a list that was shown before holds it: its page then has something to show at once. */
export function monitorFromList(monitorId: string): Monitor | undefined {
  const lists = queryClient.getQueriesData<MonitorPage | MonitorPages>({ queryKey: [['monitors', 'list']] });
  for (const [, data] of lists) {
    const item = data === undefined ? undefined : findOnPages(data, monitorId);
    if (item !== undefined) return item;
  }
  return undefined;
}

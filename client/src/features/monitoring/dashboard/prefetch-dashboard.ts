import { queries } from '../../../api/queries.ts';
import { wasSignedIn } from '../../../api/session-hint.ts';
import { listInput, readFilters } from './list-filters.ts';

/** Asks for what the dashboard shows while its code still loads. Nobody signed in, nobody asks. */
export function prefetchDashboard(query: Record<string, string | string[] | undefined>): void {
  if (!wasSignedIn()) return;
  void queries.monitors.list.prefetch(listInput(readFilters(query), undefined));
  void queries.monitors.summary.prefetch();
}

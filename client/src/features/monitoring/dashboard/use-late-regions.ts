import { type Accessor, createMemo } from 'solid-js';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { lateRegionNames } from './late-regions.ts';

const ASK_EVERY_MS = 15_000;

/** The regions that are late, asked for while the page is looked at; none while they are not known. */
export function useLateRegions(): Accessor<string[]> {
  const regions = useQuery(() => ({
    ...queries.regions.list.queryOptions(),
    refetchInterval: ASK_EVERY_MS,
    // Regions have no id; what tells one from another is its name.
    reconcile: 'name' as const,
  }));
  return createMemo(() => (regions.isSuccess ? lateRegionNames(regions.data?.regions ?? []) : []));
}

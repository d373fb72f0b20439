import { keepPreviousData } from '@tanstack/solid-query';
import { createMemo, createSignal, Show, untrack } from 'solid-js';
import { RANGES, type Range, type Series } from '../../../../../shared/monitoring/history.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { LatencyChart } from '../../../ui/charts/latency-chart.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { PageSection } from './page-section.tsx';
import { Segmented } from './segmented.tsx';

const CHOICES = RANGES.map((range) => ({ value: range, label: range.replace('h', ' h').replace('d', ' d') }));

/** Of a monitor this young a whole day would be an almost empty chart. */
const YOUNG_MS = 3 * 3_600_000;

/** Latency by phase over a range that can be chosen. */
export function LatencySection(props: { monitorId: string; createdAt: string }) {
  const isYoung = untrack(() => Date.now() - Date.parse(props.createdAt) < YOUNG_MS);
  const [range, setRange] = createSignal<Range>(isYoung ? '1h' : '24h');
  const series = useQuery(() => ({
    ...queries.results.series.queryOptions({ monitorId: props.monitorId, range: range() }),
    // The chart stays until the next range is there, instead of going blank.
    placeholderData: keepPreviousData<Series>,
    // Drawn as a whole: nothing in it is updated in place.
    reconcile: false as const,
    select: undefined,
  }));
  const known = () => series.data;
  const failed = createHeldError(series);
  /** The range of what is shown, which for a moment is the one before. */
  const shownRange = createMemo<Range>((before) => (series.isPlaceholderData ? before : range()), range());
  return (
    <PageSection
      title="Latency"
      aside={<Segmented label="Range" value={range()} choices={CHOICES} onChange={setRange} />}
    >
      <Show
        when={known()}
        fallback={
          <Show
            when={failed()}
            fallback={
              <Loading label="Loading latency">
                <Skeleton class="h-7 w-48" />
                <Skeleton class="mt-2 mb-3 h-20 w-full lg:h-9" />
                <Skeleton class="h-60 w-full" />
              </Loading>
            }
          >
            <ErrorState error={failed()} onRetry={() => void series.refetch()} busy={series.isFetching} />
          </Show>
        }
      >
        {(shown) => <LatencyChart series={shown()} range={shownRange()} />}
      </Show>
    </PageSection>
  );
}

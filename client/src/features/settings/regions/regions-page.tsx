import { createSignal, For, lazy, Show } from 'solid-js';
import type { LeftRegion, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Answer } from '../../../ui/answer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { OnceOpened } from '../../../ui/once-opened.tsx';
import { PageHeading } from '../../../ui/page-heading.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { mayAdminister, useMe, waitsForDeletion } from '../../../ui/shell/me.ts';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { LeftNotice } from './left-notice.tsx';
import { RegionCard } from './region-card.tsx';

const LeaveRegionDialog = lazy(() => import('./leave-region-dialog.tsx'));

/** A prober reports every few seconds; this asks as often. */
const ASK_EVERY_MS = 5000;

/** Where monitors are checked from, how each place does, and the way out of one. */
export default function RegionsPage() {
  usePageTitle(() => 'Regions');
  const me = useMe();
  const regions = useQuery(() => ({
    ...queries.regions.list.queryOptions(),
    staleTime: 0,
    refetchInterval: ASK_EVERY_MS,
    // Regions have no id; what tells one from another is its name, and they come in a fixed order.
    reconcile: 'name' as const,
  }));
  const known = () => regions.data?.regions;
  const [leaving, setLeaving] = createSignal<RegionStatus | null>(null);
  const [left, setLeft] = createSignal<{ region: string; result: LeftRegion } | null>(null);
  return (
    <>
      <PageHeading
        title="Regions"
        sentence="Where your monitors are checked from. In each region one prober or several make the checks, and say every few seconds how they do."
      />
      <Show when={left()} keyed>
        {(told) => <LeftNotice region={told.region} result={told.result} onDismiss={() => setLeft(null)} />}
      </Show>
      <Answer asked={regions} known={known()} waiting={<RegionsSkeleton />}>
        {(list) => (
          <Show
            when={list().length > 0}
            fallback={
              <EmptyState
                title="No prober has reported yet"
                sentence="A region is listed here as soon as a prober that runs there says that it is ready."
              />
            }
          >
            <ul class="flex flex-col gap-4">
              <For each={list()}>
                {(region) => (
                  <RegionCard
                    region={region}
                    mayLeave={mayAdminister(me()) && !waitsForDeletion(me())}
                    onLeave={() => {
                      setLeft(null);
                      setLeaving({ ...region });
                    }}
                  />
                )}
              </For>
            </ul>
          </Show>
        )}
      </Answer>
      <OnceOpened open={leaving() !== null}>
        <LeaveRegionDialog
          region={leaving()}
          onClose={() => setLeaving(null)}
          onLeft={(region, result) => setLeft({ region, result })}
        />
      </OnceOpened>
    </>
  );
}

/** The list before it is there. */
function RegionsSkeleton() {
  return (
    <Loading label="Loading the regions">
      <div class="flex flex-col gap-4">
        <For each={['h-44', 'h-44']}>{(height) => <Skeleton class={`${height} w-full rounded-8`} />}</For>
      </div>
    </Loading>
  );
}

import { createSignal, For, lazy, Match, Show, Switch } from 'solid-js';
import type { LeftRegion, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { OnceOpened } from '../../../ui/once-opened.tsx';
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
  const failed = createHeldError(regions);
  const [leaving, setLeaving] = createSignal<RegionStatus | null>(null);
  const [left, setLeft] = createSignal<{ region: string; result: LeftRegion } | null>(null);
  return (
    <>
      <h2 class="text-16 font-semibold">Regions</h2>
      <p class="mt-1 max-w-2xl text-14 text-muted text-pretty">
        Where your monitors are checked from. In each region one prober or several make the checks, and say
        every few seconds how they do.
      </p>
      <Show when={left()} keyed>
        {(told) => <LeftNotice region={told.region} result={told.result} onDismiss={() => setLeft(null)} />}
      </Show>
      <Show when={regions.isError && known()}>
        <div class="mt-4">
          <Notice tone="neutral">
            What you see may be out of date. {readRefusal(regions.error).sentence}
          </Notice>
        </div>
      </Show>
      <div class="mt-5">
        <Switch>
          <Match when={known()?.length}>
            <ul class="flex flex-col gap-4">
              <For each={known()}>
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
          </Match>
          <Match when={known()}>
            <EmptyState
              title="No prober has reported yet"
              sentence="A region is listed here as soon as a prober that runs there says that it is ready."
            />
          </Match>
          <Match when={failed()}>
            <ErrorState error={failed()} onRetry={() => void regions.refetch()} busy={regions.isFetching} />
          </Match>
          <Match when={regions.isPending}>
            <Loading label="Loading the regions">
              <div class="flex flex-col gap-4">
                <For each={['h-44', 'h-44']}>
                  {(height) => <Skeleton class={`${height} w-full rounded-8`} />}
                </For>
              </div>
            </Loading>
          </Match>
        </Switch>
      </div>
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

import { useLocation, useSearchParams } from '@solidjs/router';
import { keepPreviousData } from '@tanstack/solid-query';
import Plus from 'lucide-solid/icons/plus';
import { createEffect, createMemo, createSignal, lazy, Match, on, onCleanup, Show, Switch } from 'solid-js';
import type { MonitorListItem } from '../../../../../shared/monitoring/monitor.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { OnceOpened } from '../../../ui/once-opened.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { useLive } from '../../../ui/shell/live-context.ts';
import { mayChange, useMe } from '../../../ui/shell/me.ts';
import { loadAddMonitorAhead, setAddMonitorOpen } from '../add-monitor/add-monitor-open.ts';
import { DashboardHeader } from './dashboard-header.tsx';
import {
  isFiltered,
  type ListFilters,
  listInput,
  PAGE_SIZE,
  readFilters,
  writeFilters,
} from './list-filters.ts';
import { ListPager } from './list-pager.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { ListTools } from './list-tools.tsx';
import { MonitorTable } from './monitor-table.tsx';
import { SampleRows } from './sample-rows.tsx';
import { StateSummary } from './state-summary.tsx';
import { useLateRegions } from './use-late-regions.ts';

const RemoveMonitorDialog = lazy(() => import('../remove-monitor-dialog.tsx'));

/** A burst of monitors that turn asks for the new order once. */
const REORDER_WAIT_MS = 500;

export default function DashboardPage() {
  usePageTitle(() => 'Monitors');
  const me = useMe();
  const live = useLive();
  const [search, setSearch] = useSearchParams();
  const filters = createMemo(() => readFilters(search));
  // Where each page before this one ended. It lies in the history, so that coming back from a monitor finds the same page.
  const location = useLocation<{ cursors?: string[] }>();
  const cursors = () => location.state?.cursors ?? [];
  const [removing, setRemoving] = createSignal<MonitorListItem | null>(null);

  const list = useQuery(() => ({
    ...queries.monitors.list.queryOptions(listInput(filters(), cursors().at(-1))),
    placeholderData: keepPreviousData,
  }));
  const summary = useQuery(() => queries.monitors.summary.queryOptions());
  const lateRegions = useLateRegions();
  const page = () => list.data;
  const failed = createHeldError(list);
  const counts = () => summary.data;

  const isFull = () => (counts()?.total ?? 0) >= (counts()?.limit ?? Number.POSITIVE_INFINITY);

  const change = (part: Partial<ListFilters>) => {
    setSearch(writeFilters({ ...filters(), ...part }), { replace: true });
  };
  const nextCursor = () => page()?.nextCursor;
  const turnPage = (to: string[]) => setSearch({}, { state: { cursors: to }, scroll: true });
  const clear = () => change({ search: '', state: null, tag: null });

  createEffect(
    on(
      live.turns,
      () => {
        const timer = setTimeout(() => void queries.monitors.list.invalidate(), REORDER_WAIT_MS);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );

  return (
    <>
      <DashboardHeader plan={me().tenant?.plan ?? 'free'} summary={counts()} mayChange={mayChange(me())} />

      <Show when={(counts()?.total ?? 0) > 0 || isFiltered(filters())}>
        <div class="mt-4 mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <Show when={counts()}>
            {(known) => (
              <StateSummary
                summary={known()}
                chosen={filters().state}
                onChoose={(state) => change({ state })}
              />
            )}
          </Show>
          <ListTools filters={filters()} tags={counts()?.tags ?? []} onChange={change} />
        </div>
      </Show>

      <Show when={list.isError && page()}>
        <div class="mb-3">
          <Notice
            tone="neutral"
            action={
              <Button size="small" busy={list.isFetching} onClick={() => void list.refetch()}>
                Try again
              </Button>
            }
          >
            This list may be out of date. {readRefusal(list.error).sentence}
          </Notice>
        </div>
      </Show>

      <Switch>
        <Match when={page()?.items.length}>
          <MonitorTable
            monitors={page()?.items ?? []}
            lateRegions={lateRegions()}
            filters={filters()}
            subject={JSON.stringify([filters(), cursors().length])}
            mayChange={mayChange(me())}
            mayAdd={!isFull()}
            busy={list.isPlaceholderData}
            onSort={(sort, direction) => change({ sort, direction })}
            onRemove={setRemoving}
          />
          <ListPager
            first={cursors().length * PAGE_SIZE + 1}
            last={cursors().length * PAGE_SIZE + (page()?.items.length ?? 0)}
            total={page()?.total ?? 0}
            busy={list.isPlaceholderData}
            onPrevious={cursors().length > 0 ? () => turnPage(cursors().slice(0, -1)) : null}
            onNext={nextCursor() ? () => turnPage([...cursors(), nextCursor() ?? '']) : null}
          />
        </Match>
        <Match when={page() && isFiltered(filters())}>
          <EmptyState
            title="No monitor matches"
            sentence="None has all of this: what was searched for, the state, and the tag."
            action={<Button onClick={clear}>Clear filters</Button>}
          />
        </Match>
        <Match when={page() && cursors().length > 0}>
          <EmptyState
            title="Nothing is left on this page"
            sentence="Its monitors were deleted since, or stand on another page now."
            action={<Button onClick={() => turnPage([])}>Go to the first page</Button>}
          />
        </Match>
        <Match when={page()}>
          <EmptyState
            picture={<SampleRows />}
            title="Nothing is watched yet"
            sentence={
              mayChange(me())
                ? 'Add an address, and within a second you see it checked: whether it answers, how long each phase takes, and why not when it does not.'
                : 'Nobody has added a monitor to this organization. Your role lets you look; adding takes a member.'
            }
            action={
              <Show when={mayChange(me())}>
                <Button
                  variant="primary"
                  onPointerEnter={loadAddMonitorAhead}
                  onClick={() => setAddMonitorOpen(true)}
                >
                  <Plus class="size-4" aria-hidden="true" />
                  Add your first monitor
                </Button>
              </Show>
            }
          />
        </Match>
        <Match when={failed()}>
          <ErrorState error={failed()} onRetry={() => void list.refetch()} busy={list.isFetching} />
        </Match>
        <Match when={list.isPending}>
          <ListSkeleton />
        </Match>
      </Switch>

      <OnceOpened open={removing() !== null}>
        <RemoveMonitorDialog monitor={removing()} onClose={() => setRemoving(null)} />
      </OnceOpened>
    </>
  );
}

import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { OUTCOMES } from '../../../../../shared/checks/outcome.ts';
import { createHeldError } from '../../../api/held-error.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useLive } from '../../../ui/shell/live-context.ts';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { HeaderCell, Table } from '../../../ui/table.tsx';
import { resultKey } from './merge-results.ts';
import { OUTCOME_WORDS } from './outcome-mark.tsx';
import { PageSection } from './page-section.tsx';
import { ResultRow } from './result-row.tsx';
import { type OutcomeFilter, refreshResults, useResults } from './results-query.ts';
import { Segmented } from './segmented.tsx';

const FILTERS: { value: OutcomeFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  ...OUTCOMES.map((outcome) => ({ value: outcome, label: OUTCOME_WORDS[outcome] })),
];

/** Every check that is kept, newest first. New ones come in by themselves, but never under the pointer. */
export function ResultsSection(props: { monitorId: string }) {
  const live = useLive();
  const [filter, setFilter] = createSignal<OutcomeFilter>('all');
  const [open, setOpen] = createSignal<string | null>(null);
  const [waiting, setWaiting] = createSignal(false);
  const results = useResults(() => props.monitorId, filter);
  const failed = createHeldError(results);
  const pages = () => results.data?.pages;
  const rows = createMemo(() => pages()?.flatMap((page) => page.items) ?? []);
  /** One scale for all the small bars; a rare slow check must not flatten the others. */
  const scaleMs = createMemo(() => {
    const totals = rows()
      .map((result) => result.timings.totalMs)
      .sort((left, right) => left - right);
    return Math.max(1, totals[Math.floor(totals.length * 0.95)] ?? 1);
  });

  let list: HTMLDivElement | undefined;
  /** Asked anew each time, not remembered: a list that is drawn again, or slides away, never hears that it was left. */
  const isPointedAt = () => matchMedia('(hover: hover)').matches && list?.matches(':hover') === true;

  const refresh = () => {
    setWaiting(false);
    void refreshResults(props.monitorId, filter());
  };
  createEffect(
    on(
      () => props.monitorId,
      (monitorId) => {
        onCleanup(
          live.watch(monitorId, () => {
            if (isPointedAt()) setWaiting(true);
            else refresh();
          }),
        );
      },
    ),
  );
  const release = () => {
    if (waiting()) refresh();
  };

  return (
    <PageSection
      title="Results"
      bare
      aside={
        <div class="flex flex-wrap items-center gap-2">
          <Show when={waiting()}>
            <Button size="small" onClick={refresh}>
              Show new results
            </Button>
          </Show>
          <Segmented label="Outcome" value={filter()} choices={FILTERS} onChange={setFilter} />
        </div>
      }
    >
      <Show
        when={pages()}
        fallback={
          <Show when={failed()} fallback={<ResultsSkeleton />}>
            <ErrorState error={failed()} onRetry={() => void results.refetch()} busy={results.isFetching} />
          </Show>
        }
      >
        <Show
          when={rows().length > 0}
          fallback={
            <p class="rounded-8 border border-line bg-surface px-4 py-10 text-center text-14 text-muted">
              {filter() === 'all'
                ? 'No check has been made yet. The first is listed here within a second.'
                : `No check with the outcome “${OUTCOME_WORDS[filter() as keyof typeof OUTCOME_WORDS]}” is kept.`}
            </p>
          }
        >
          <div
            ref={(element) => {
              list = element;
            }}
            onPointerLeave={release}
          >
            <Table label="Results, newest first">
              <thead class="max-lg:sr-only">
                <tr>
                  <HeaderCell class="w-28">Outcome</HeaderCell>
                  <HeaderCell>Found</HeaderCell>
                  <HeaderCell class="w-32">Region</HeaderCell>
                  <HeaderCell class="w-56">Latency</HeaderCell>
                  <HeaderCell class="w-36">When</HeaderCell>
                  <HeaderCell class="w-12">
                    <span class="sr-only">Details</span>
                  </HeaderCell>
                </tr>
              </thead>
              <For each={rows()}>
                {(result) => (
                  <ResultRow
                    result={result}
                    scaleMs={scaleMs()}
                    open={open() === resultKey(result)}
                    onToggle={() => setOpen(open() === resultKey(result) ? null : resultKey(result))}
                  />
                )}
              </For>
            </Table>
          </div>
          <Show when={results.hasNextPage}>
            <div class="mt-3 flex justify-center">
              <Button busy={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
                Load more
              </Button>
            </div>
          </Show>
        </Show>
      </Show>
    </PageSection>
  );
}

function ResultsSkeleton() {
  return (
    <Loading label="Loading results">
      <div class="rounded-8 border border-line bg-surface">
        <For each={Array.from({ length: 8 })}>
          {() => (
            <div class="flex h-11 items-center gap-6 border-b border-line px-3 last:border-b-0">
              <Skeleton class="h-4 w-16" />
              <Skeleton class="h-4 flex-1" />
              <Skeleton class="h-4 w-32" />
            </div>
          )}
        </For>
      </div>
    </Loading>
  );
}

import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Monitor } from '../../../../../../shared/monitoring/monitor.ts';
import { createHeldError } from '../../../../api/held-error.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Loading, Skeleton } from '../../../../ui/skeleton.tsx';
import { PageSection } from '../page-section.tsx';
import { StateChangeEntry } from './state-change-entry.tsx';
import { useStateChanges } from './state-changes-query.ts';

/** Every change of state, newest first, each with what it rests on underneath when opened. */
export function WhatHappenedSection(props: { monitor: Monitor }) {
  const changes = useStateChanges(() => props.monitor.id);
  const failed = createHeldError(changes);
  const pages = () => changes.data?.pages;
  const known = createMemo(
    () =>
      new Map(
        pages()
          ?.flatMap((page) => page.items)
          .map((change) => [change.id, change]),
      ),
  );
  const newest = createMemo(() => [...known().keys()]);
  const [open, setOpen] = createSignal<ReadonlySet<string>>(new Set());
  let list: HTMLOListElement | undefined;
  const isPointedAt = () => matchMedia('(hover: hover)').matches && list?.matches(':hover') === true;
  const [left, setLeft] = createSignal(undefined, { equals: false });
  // One more must not push an entry away from under the pointer that is about to press it.
  const ids = createMemo<string[]>((before) => {
    left();
    return before.length > 0 && isPointedAt() ? before : newest();
  }, []);
  const toggle = (id: string) => {
    const next = new Set(open());
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <PageSection title="What happened" bare>
      <Show
        when={pages()}
        fallback={
          <Show when={failed()} fallback={<EntriesSkeleton />}>
            <ErrorState error={failed()} onRetry={() => void changes.refetch()} busy={changes.isFetching} />
          </Show>
        }
      >
        <Show
          when={ids().length > 0}
          fallback={
            <p class="rounded-8 border border-line bg-surface px-4 py-8 text-center text-14 text-muted text-pretty">
              Nothing has happened yet. When its state changes, it is told here, with every check that led to
              it.
            </p>
          }
        >
          <ol
            ref={list}
            aria-label="Changes of state, newest first"
            onPointerLeave={() => setLeft()}
            class="overflow-hidden rounded-8 border border-line bg-surface"
          >
            <For each={ids()}>
              {(id, index) => (
                <Show when={known().get(id)}>
                  {(change) => (
                    <StateChangeEntry
                      monitorId={props.monitor.id}
                      change={change()}
                      endedAt={known().get(newest()[newest().indexOf(id) - 1] ?? '')?.at ?? null}
                      isLast={index() === ids().length - 1 && !changes.hasNextPage}
                      open={open().has(id)}
                      onToggle={() => toggle(id)}
                    />
                  )}
                </Show>
              )}
            </For>
          </ol>
          <Show when={changes.hasNextPage}>
            <div class="mt-3 flex justify-center">
              <Button busy={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
                Show earlier changes
              </Button>
            </div>
          </Show>
        </Show>
      </Show>
    </PageSection>
  );
}

function EntriesSkeleton() {
  return (
    <Loading label="Loading what happened">
      <div class="rounded-8 border border-line bg-surface">
        <For each={Array.from({ length: 4 })}>
          {() => (
            <div class="flex h-15 items-center gap-4 border-b border-line px-4 last:border-b-0">
              <Skeleton class="size-3 rounded-full" />
              <Skeleton class="h-4 flex-1" />
              <Skeleton class="h-4 w-24" />
            </div>
          )}
        </For>
      </div>
    </Loading>
  );
}

import { For } from 'solid-js';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';

const ROWS = [28, 36, 24, 32, 40, 26, 34, 30];

/** The list before it is there, in its true size. */
export function ListSkeleton() {
  return (
    <Loading label="Loading monitors">
      <div class="mt-4 mb-3 flex h-8 items-center gap-1">
        <Skeleton class="h-8 w-20 rounded-full!" />
        <Skeleton class="h-8 w-24 rounded-full!" />
      </div>
      <div class="rounded-8 border border-line bg-surface">
        <div class="h-9 border-b border-line" />
        <For each={ROWS}>
          {(width) => (
            <div class="flex h-11 items-center gap-3 border-b border-line px-3 last:border-b-0 pointer-coarse:h-13">
              <Skeleton class="size-3 rounded-full!" />
              <div class="flex-1">
                <div class="h-3 rounded-4 bg-sunken" style={{ width: `${width}%` }} />
              </div>
              <Skeleton class="h-3 w-16" />
            </div>
          )}
        </For>
      </div>
    </Loading>
  );
}

import { For } from 'solid-js';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';

/** The page before its monitor is known, part by part of the size it will have. */
export function MonitorSkeleton() {
  return (
    <Loading label="Loading the monitor">
      <Skeleton class="h-6 w-24" />
      <div class="mt-2 flex flex-wrap justify-between gap-3">
        <div class="flex-1 basis-72">
          <Skeleton class="h-7 w-56 max-w-full" />
          <Skeleton class="mt-1.5 h-5 w-72 max-w-full" />
        </div>
        <Skeleton class="h-8 w-72 max-w-full" />
      </div>
      <Skeleton class="mt-5 h-20 w-full rounded-8" />
      <For each={['h-48', 'h-96', 'h-96']}>
        {(height) => (
          <>
            <Skeleton class="mt-8 mb-3 h-8 w-32" />
            <Skeleton class={`${height} w-full rounded-8`} />
          </>
        )}
      </For>
    </Loading>
  );
}

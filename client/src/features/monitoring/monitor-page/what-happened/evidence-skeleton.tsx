import { Loading, Skeleton } from '../../../../ui/skeleton.tsx';

/** What a change rests on, while it is on its way. */
export function EvidenceSkeleton() {
  return (
    <Loading label="Loading what it rests on">
      <Skeleton class="h-5 w-80 max-w-full" />
      <Skeleton class="mt-4 h-24 w-full" />
      <Skeleton class="mt-4 h-40 w-full" />
    </Loading>
  );
}

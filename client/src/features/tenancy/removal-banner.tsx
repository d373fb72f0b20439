import CalendarX from 'lucide-solid/icons/calendar-x-2';
import { Show } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/time/ticker.ts';
import { removalTime } from './removal-time.ts';
import { createUndoRemoval } from './undo-removal.ts';
import { whoCanUndo } from './who-can-undo.ts';

/** One line above every page of an organization that waits to be deleted: until when, what that means, and who can undo it. */
export function RemovalBanner(props: { me: Me }) {
  return (
    <Show when={props.me.tenant?.removesAt}>
      {(removesAt) => (
        <section
          aria-label="This organization will be deleted"
          class="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-b border-down/30 bg-down-soft px-4 py-1.5 text-13 text-down-text md:px-6 lg:px-8"
        >
          <p class="flex min-w-0 flex-1 basis-64 items-start gap-2 text-pretty">
            <CalendarX class="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            <span class="min-w-0 break-words">
              <strong class="font-semibold">{props.me.tenant?.name}</strong> <When removesAt={removesAt()} />{' '}
              Until then its monitors are paused, and nothing in it can be changed.
              <Show when={props.me.role !== 'owner'}>
                {' '}
                <OwnersCanUndo />
              </Show>
            </span>
          </p>
          <Show when={props.me.role === 'owner'}>
            <Undo name={props.me.tenant?.name ?? ''} />
          </Show>
        </section>
      )}
    </Show>
  );
}

/** Deletion begins within the hour after its time. */
function When(props: { removesAt: string }) {
  const now = useNow();
  return (
    <Show when={Date.parse(props.removesAt) > now()} fallback="is deleted within the hour.">
      will be deleted on <time datetime={props.removesAt}>{removalTime(props.removesAt)}</time>.
    </Show>
  );
}

function Undo(props: { name: string }) {
  const undo = createUndoRemoval(() => props.name);
  return (
    <Button size="small" busy={undo.busy()} onClick={() => void undo.run()}>
      Undo deletion
    </Button>
  );
}

function OwnersCanUndo() {
  const listed = useQuery(() => queries.members.list.queryOptions());
  return <>{whoCanUndo(listed.data?.members ?? [])}</>;
}

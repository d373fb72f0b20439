import CalendarX from 'lucide-solid/icons/calendar-x-2';
import { Show } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';
import { Banner, BannerSentence } from '../../ui/banner.tsx';
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
        <Banner label="This organization will be deleted" tone="problem">
          <BannerSentence icon={CalendarX}>
            <strong class="font-semibold">{props.me.tenant?.name}</strong> <When removesAt={removesAt()} />{' '}
            Until then its monitors are paused, and nothing in it can be changed.
            <Show when={props.me.role !== 'owner'}>
              {' '}
              <OwnersCanUndo />
            </Show>
          </BannerSentence>
          <Show when={props.me.role === 'owner'}>
            <Undo name={props.me.tenant?.name ?? ''} />
          </Show>
        </Banner>
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

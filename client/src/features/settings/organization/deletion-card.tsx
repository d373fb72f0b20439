import { createEffect, createSignal, lazy, on, Show } from 'solid-js';
import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { REMOVAL_DAYS } from '../../../../../shared/tenancy/tenant-input.ts';
import { Button } from '../../../ui/button.tsx';
import { OnceOpened } from '../../../ui/once-opened.tsx';
import { removalTime } from '../../tenancy/removal-time.ts';
import { createUndoRemoval } from '../../tenancy/undo-removal.ts';
import { SettingsCard } from '../settings-card.tsx';

const DeleteOrganizationDialog = lazy(() => import('./delete-organization-dialog.tsx'));

/** The end of an organization, for its owners: asking for it, and taking that back. */
export function DeletionCard(props: { tenant: NonNullable<Me['tenant']> }) {
  const [isOpen, setOpen] = createSignal(false);
  const [isMine, setMine] = createSignal(false);
  const undo = createUndoRemoval(() => props.tenant.name);
  let said: HTMLParagraphElement | undefined;

  // The button that was pressed is gone: the keyboard goes on where it says what was done.
  createEffect(
    on(
      () => props.tenant.removesAt,
      (removesAt) => {
        if (removesAt !== null && isMine()) said?.focus();
        setMine(false);
      },
      { defer: true },
    ),
  );

  return (
    <SettingsCard
      title="Delete organization"
      sentence={
        props.tenant.removesAt === null
          ? `Deletes its monitors, their history and everything else of it, for everybody. For ${REMOVAL_DAYS} days any owner can undo that.`
          : 'An owner has asked for it. As long as it waits, any owner can undo that.'
      }
    >
      <Show
        when={props.tenant.removesAt}
        fallback={
          <Button variant="danger" onClick={() => setOpen(true)}>
            Delete organization
          </Button>
        }
      >
        {(removesAt) => (
          <div class="flex flex-col items-start gap-4">
            <p ref={said} tabindex="-1" class="text-14 text-pretty outline-none">
              It will be deleted on <time datetime={removesAt()}>{removalTime(removesAt())}</time>. Until then
              its monitors are paused, and nothing in it can be changed.
            </p>
            <Button busy={undo.busy()} onClick={() => void undo.run()}>
              Undo deletion
            </Button>
          </div>
        )}
      </Show>
      <OnceOpened open={isOpen()}>
        <DeleteOrganizationDialog
          open={isOpen()}
          name={props.tenant.name}
          onClose={() => setOpen(false)}
          onAsked={() => setMine(true)}
        />
      </OnceOpened>
    </SettingsCard>
  );
}

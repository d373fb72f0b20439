import * as AlertDialog from '@kobalte/core/alert-dialog';
import { type BeforeLeaveEventArgs, useBeforeLeave } from '@solidjs/router';
import { createEffect, createSignal, onCleanup } from 'solid-js';
import { Button } from './button.tsx';
import { createFocusReturn } from './focus-return.ts';

/** Asks before a page is left on which something was typed and not saved. Staying has the focus. */
export function UnsavedChanges(props: { unsaved: boolean }) {
  const [leave, setLeave] = createSignal<(() => void) | null>(null);
  const focus = createFocusReturn();
  useBeforeLeave((event) => {
    if (!props.unsaved || event.defaultPrevented || staysHere(event)) return;
    event.preventDefault();
    setLeave(() => () => event.retry(true));
  });
  // What closes the tab or loads another site is the browser's to ask about, in its own words.
  createEffect(() => {
    if (!props.unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    onCleanup(() => removeEventListener('beforeunload', ask));
  });
  const close = () => setLeave(null);
  return (
    <AlertDialog.Root open={leave() !== null} onOpenChange={(open) => !open && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[18vh]">
          <AlertDialog.Content
            {...focus}
            class="enter-sheet w-full rounded-t-12 bg-raised p-5 shadow-raised sm:max-w-[26rem] sm:rounded-12"
          >
            <AlertDialog.Title class="text-16 font-semibold">Leave without saving?</AlertDialog.Title>
            <AlertDialog.Description class="mt-1.5 text-14 text-muted text-pretty">
              What you changed here is not saved yet, and will be gone.
            </AlertDialog.Description>
            <div class="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Stay</Button>
              <Button
                variant="danger"
                onClick={() => {
                  const go = leave();
                  close();
                  go?.();
                }}
              >
                Leave
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Another range or filter of the same page takes nothing away. */
function staysHere({ from, to }: BeforeLeaveEventArgs): boolean {
  return typeof to === 'string' && new URL(to, location.origin).pathname === from.pathname;
}

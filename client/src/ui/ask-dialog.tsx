import * as AlertDialog from '@kobalte/core/alert-dialog';
import { createEffect, createMemo, createSignal, For, on } from 'solid-js';
import { type ReadRefusal, readRefusal } from '../api/refusal.ts';
import { Button } from './button.tsx';
import { createFocusReturn } from './focus-return.ts';
import { RefusalNotice } from './refusal-notice.tsx';

/** What is asked, what follows from a yes, and the two answers. */
export type Question = { title: string; sentences: string[]; confirm: string; keep: string };

const NOTHING_ASKED: Question = { title: '', sentences: [], confirm: '', keep: '' };

/**
 * Asks before something that who does it cannot take back, and says what follows. The safe answer has the focus. What
 * `onConfirm` throws is said above the answers; who asked closes the dialog.
 */
export function AskDialog(props: {
  /** Open as long as something is asked. */
  question: Question | null;
  onConfirm: () => void | Promise<void>;
  onClose: () => void;
}) {
  const focus = createFocusReturn();
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  const isOpen = createMemo(() => props.question !== null);
  // What was asked last stays to be read while the dialog goes.
  const words = createMemo((before: Question) => props.question ?? before, NOTHING_ASKED);
  createEffect(on(isOpen, () => setRefused(null)));
  const confirm = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await props.onConfirm();
    } catch (error) {
      setRefused(readRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={isOpen()} onOpenChange={(open) => !open && props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[18vh]">
          <AlertDialog.Content
            {...focus}
            class="enter-sheet max-h-[92dvh] w-full overflow-y-auto rounded-t-12 bg-raised p-5 shadow-raised sm:max-w-[28rem] sm:rounded-12"
          >
            <AlertDialog.Title class="text-16 font-semibold break-words">{words().title}</AlertDialog.Title>
            <AlertDialog.Description class="clip-lines mt-1.5 flex flex-col gap-2 text-14 break-words text-muted text-pretty">
              <For each={words().sentences}>{(sentence) => <span>{sentence}</span>}</For>
            </AlertDialog.Description>
            <div class="mt-4 empty:hidden">
              <RefusalNotice refusal={refused()} />
            </div>
            <div class="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={() => props.onClose()}>{words().keep}</Button>
              <Button variant="danger" class="max-w-full" busy={busy()} onClick={() => void confirm()}>
                <span class="truncate">{words().confirm}</span>
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

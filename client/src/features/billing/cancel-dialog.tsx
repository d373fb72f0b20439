import * as AlertDialog from '@kobalte/core/alert-dialog';
import { createEffect, createSignal, For, on } from 'solid-js';
import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { createFocusReturn } from '../../ui/focus-return.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { cancelSubscription } from './billing-actions.ts';
import { cancelSentences } from './cancel-words.ts';

/** Asks before a subscription is cancelled, and says when Pro ends and what is left then. */
export default function CancelDialog(props: {
  open: boolean;
  status: BillingStatus;
  onClose: () => void;
  onCancelled: () => void;
}) {
  const focus = createFocusReturn();
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  createEffect(
    on(
      () => props.open,
      () => setRefused(null),
    ),
  );
  const cancel = async () => {
    setBusy(true);
    setRefused(null);
    try {
      const sentence = await cancelSubscription();
      props.onClose();
      props.onCancelled();
      toast({ sentence });
    } catch (error) {
      setRefused(readRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[18vh]">
          <AlertDialog.Content
            {...focus}
            class="enter-sheet max-h-[92dvh] w-full overflow-y-auto rounded-t-12 bg-raised p-5 shadow-raised sm:max-w-[28rem] sm:rounded-12"
          >
            <AlertDialog.Title class="text-16 font-semibold">Cancel the subscription?</AlertDialog.Title>
            <AlertDialog.Description class="mt-1.5 flex flex-col gap-2 text-14 text-muted text-pretty">
              <For each={cancelSentences(props.status)}>{(sentence) => <span>{sentence}</span>}</For>
            </AlertDialog.Description>
            <div class="mt-4 empty:hidden">
              <RefusalNotice refusal={refused()} />
            </div>
            <div class="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={() => props.onClose()}>Keep it</Button>
              <Button variant="danger" busy={busy()} onClick={() => void cancel()}>
                Cancel subscription
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import * as AlertDialog from '@kobalte/core/alert-dialog';
import { createEffect, createMemo, createSignal, For, on } from 'solid-js';
import { type ReadRefusal, readRefusal } from '../../../api/refusal.ts';
import { Button } from '../../../ui/button.tsx';
import { createFocusReturn } from '../../../ui/focus-return.ts';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { toast } from '../../../ui/toast.tsx';
import { settle } from './member-actions.ts';
import { type MemberQuestion, type QuestionWords, questionWords } from './member-questions.ts';

const NOTHING_ASKED: QuestionWords = { title: '', sentences: [], confirm: '', keep: '' };

/** Asks before something that who does it cannot take back, and says what follows. The safe answer has the focus. */
export default function MemberDialog(props: {
  question: MemberQuestion | null;
  organization: string;
  onClose: () => void;
  onSettled: () => void;
}) {
  const focus = createFocusReturn();
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  // What was asked last stays to be read while the dialog goes.
  const words = createMemo(
    (before: QuestionWords) =>
      props.question === null ? before : questionWords(props.question, props.organization),
    NOTHING_ASKED,
  );
  createEffect(
    on(
      () => props.question,
      () => setRefused(null),
    ),
  );
  const answer = async () => {
    const question = props.question;
    if (question === null) return;
    setBusy(true);
    setRefused(null);
    try {
      const sentence = await settle(question);
      if (sentence === null) return;
      props.onClose();
      props.onSettled();
      toast({ sentence });
    } catch (error) {
      setRefused(readRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={props.question !== null} onOpenChange={(open) => !open && props.onClose()}>
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
              <Button variant="danger" class="max-w-full" busy={busy()} onClick={() => void answer()}>
                <span class="truncate">{words().confirm}</span>
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import { type BeforeLeaveEventArgs, useBeforeLeave } from '@solidjs/router';
import { createEffect, createSignal, onCleanup } from 'solid-js';
import { AskDialog, type Question } from './ask-dialog.tsx';

const LEAVE_QUESTION: Question = {
  title: 'Leave without saving?',
  sentences: ['What you changed here is not saved yet, and will be gone.'],
  confirm: 'Leave',
  keep: 'Stay',
};

/** Asks before a page is left on which something was typed and not saved. Staying has the focus. */
export function UnsavedChanges(props: { unsaved: boolean }) {
  const [leave, setLeave] = createSignal<(() => void) | null>(null);
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
    <AskDialog
      question={leave() === null ? null : LEAVE_QUESTION}
      onConfirm={() => {
        const go = leave();
        close();
        go?.();
      }}
      onClose={close}
    />
  );
}

/** Another range or filter of the same page takes nothing away. */
function staysHere({ from, to }: BeforeLeaveEventArgs): boolean {
  return typeof to === 'string' && new URL(to, location.origin).pathname === from.pathname;
}

import { createSignal } from 'solid-js';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { Named } from './invitation-named.tsx';
import type { InvitationFormProps } from './invitation-visit.ts';

/** For who is signed in with the invited address: there is nothing to type. */
export function InvitationJoin(props: InvitationFormProps) {
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  const [busy, setBusy] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  focusFirst(() => button);

  const join = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await props.onJoin({});
    } catch (error) {
      const refusal = readRefusal(error);
      if (!(await props.onRefused(refusal))) setRefused(refusal);
    }
    setBusy(false);
  };
  return (
    <div class="flex flex-col gap-5">
      <p class="text-14 text-muted text-pretty">
        You are signed in as <Named>{props.email}</Named>.
      </p>
      <RefusalNotice refusal={refused()} />
      <Button ref={button} variant="primary" size="large" busy={busy()} onClick={() => void join()}>
        Join
      </Button>
    </div>
  );
}

import { createSignal } from 'solid-js';
import type { ReadRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';

/** The invitation is not known yet, and may be in a moment. */
export function InvitationUnreached(props: { refusal: ReadRefusal; onRetry: () => Promise<void> }) {
  const [busy, setBusy] = createSignal(false);
  const retry = async () => {
    setBusy(true);
    await props.onRetry();
    setBusy(false);
  };
  return (
    <div class="flex flex-col gap-5">
      <RefusalNotice refusal={props.refusal} />
      <p class="text-14 text-muted">This page tries by itself, every few seconds.</p>
      <Button size="large" busy={busy()} onClick={() => void retry()}>
        Try again
      </Button>
    </div>
  );
}

import * as AlertDialog from '@kobalte/core/alert-dialog';
import { createSignal } from 'solid-js';
import type { Monitor } from '../../../../shared/monitoring/monitor.ts';
import { Button } from '../../ui/button.tsx';
import { createFocusReturn } from '../../ui/focus-return.ts';
import { removeMonitor } from './monitor-actions.ts';

/** Asks before a monitor is deleted, since nothing brings its history back. The safe answer has the focus. */
export default function RemoveMonitorDialog(props: {
  monitor: Pick<Monitor, 'id' | 'name'> | null;
  onClose: () => void;
  onRemoved?: () => void;
}) {
  const focus = createFocusReturn();
  const [busy, setBusy] = createSignal(false);
  const remove = async () => {
    if (props.monitor === null) return;
    setBusy(true);
    const isGone = await removeMonitor(props.monitor);
    setBusy(false);
    if (!isGone) return;
    props.onClose();
    props.onRemoved?.();
  };
  return (
    <AlertDialog.Root open={props.monitor !== null} onOpenChange={(open) => !open && props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[18vh]">
          <AlertDialog.Content
            {...focus}
            class="enter-sheet w-full rounded-t-12 bg-raised p-5 shadow-raised sm:max-w-[26rem] sm:rounded-12"
          >
            <AlertDialog.Title class="text-16 font-semibold break-words">
              Delete {props.monitor?.name}?
            </AlertDialog.Title>
            <AlertDialog.Description class="mt-1.5 text-14 text-muted text-pretty">
              Its results, its uptime and its history go with it, and nothing brings them back. To keep them,
              pause it instead.
            </AlertDialog.Description>
            <div class="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={props.onClose}>Keep it</Button>
              <Button variant="danger" busy={busy()} onClick={() => void remove()}>
                Delete monitor
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

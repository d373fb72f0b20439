import * as AlertDialog from '@kobalte/core/alert-dialog';
import { createSignal, For } from 'solid-js';
import type { LeftRegion, RegionStatus } from '../../../../../shared/monitoring/region-status.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { Button } from '../../../ui/button.tsx';
import { createFocusReturn } from '../../../ui/focus-return.ts';
import { toast } from '../../../ui/toast.tsx';
import { leavingSentences } from './region-words.ts';

/** Asks before monitors stop being checked from a region, and says which and what follows. The safe answer has the focus. */
export default function LeaveRegionDialog(props: {
  region: RegionStatus | null;
  onClose: () => void;
  onLeft: (region: string, result: LeftRegion) => void;
}) {
  const focus = createFocusReturn();
  const [busy, setBusy] = createSignal(false);
  const leave = async () => {
    const region = props.region?.name;
    if (region === undefined) return;
    setBusy(true);
    try {
      const result = await client.regions.leave.mutate({ region });
      props.onClose();
      props.onLeft(region, result);
    } catch (error) {
      toast({ tone: 'problem', sentence: readRefusal(error).sentence });
    } finally {
      setBusy(false);
      await Promise.all([queries.regions.invalidate(), queries.monitors.invalidate()]);
    }
  };
  return (
    <AlertDialog.Root open={props.region !== null} onOpenChange={(open) => !open && props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[18vh]">
          <AlertDialog.Content
            {...focus}
            class="enter-sheet w-full rounded-t-12 bg-raised p-5 shadow-raised sm:max-w-[28rem] sm:rounded-12"
          >
            <AlertDialog.Title class="text-16 font-semibold break-words">
              Stop checking from {props.region?.name}?
            </AlertDialog.Title>
            <AlertDialog.Description class="mt-1.5 flex flex-col gap-2 text-14 text-muted text-pretty">
              <For each={props.region === null ? [] : leavingSentences(props.region)}>
                {(sentence) => <span>{sentence}</span>}
              </For>
              <span>
                What was found from here stays in their history. A region is given back monitor by monitor.
              </span>
            </AlertDialog.Description>
            <div class="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={() => props.onClose()}>Go on checking</Button>
              <Button variant="danger" busy={busy()} onClick={() => void leave()}>
                Stop checking
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

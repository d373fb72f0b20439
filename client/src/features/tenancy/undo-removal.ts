import { createSignal } from 'solid-js';
import { client } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { toast } from '../../ui/toast.tsx';

/** Takes an organization's deletion back, and says what came of it. */
export function createUndoRemoval(name: () => string): { busy: () => boolean; run: () => Promise<void> } {
  const [busy, setBusy] = createSignal(false);
  return {
    busy,
    async run() {
      setBusy(true);
      try {
        await client.tenants.undoRemoval.mutate();
        toast({ sentence: `${name()} stays. Monitors go on, but for those that somebody had paused.` });
      } catch (error) {
        toast({ tone: 'problem', sentence: readRefusal(error).sentence });
      } finally {
        // What the button stood in is gone now: the keyboard goes on at the page.
        document.getElementById('page')?.focus({ preventScroll: true });
        await Promise.all([queries.auth.me.invalidate(), queries.monitors.invalidate()]);
        setBusy(false);
      }
    },
  };
}

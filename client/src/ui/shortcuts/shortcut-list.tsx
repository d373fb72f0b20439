import { For } from 'solid-js';
import { Dialog, DialogBody } from '../dialog.tsx';
import { KeyCaps } from './key-caps.tsx';
import { shortcuts } from './shortcuts.ts';

/** Every shortcut that works on this page. */
export default function ShortcutList(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title="Keyboard shortcuts" size="small">
      <DialogBody>
        <dl class="divide-y divide-line">
          <For each={shortcuts()}>
            {(shortcut) => (
              <div class="flex h-10 items-center justify-between gap-4">
                <dt class="text-14">{shortcut.label}</dt>
                <dd>
                  <KeyCaps keys={shortcut.keys} />
                </dd>
              </div>
            )}
          </For>
        </dl>
      </DialogBody>
    </Dialog>
  );
}

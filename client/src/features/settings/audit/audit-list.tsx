import { createSignal, For, Show } from 'solid-js';
import type { AuditEntry } from '../../../../../shared/audit/audit-entry.ts';
import { Button } from '../../../ui/button.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { AuditRow } from './audit-row.tsx';

/** The entries that are there, and the way to older ones. One is open at a time. */
export function AuditList(props: {
  entries: AuditEntry[];
  hasOlder: boolean;
  busy: boolean;
  onOlder: () => void;
}) {
  const [open, setOpen] = createSignal<string | null>(null);
  return (
    <>
      <ol
        aria-label="Audit log, newest first"
        class="overflow-hidden rounded-8 border border-line bg-surface"
      >
        <For each={props.entries}>
          {(entry) => (
            <AuditRow
              entry={entry}
              open={open() === entry.id}
              onToggle={() => setOpen(open() === entry.id ? null : entry.id)}
            />
          )}
        </For>
      </ol>
      <Show
        when={props.hasOlder}
        fallback={<p class="mt-3 text-center text-13 text-faint">There is nothing older.</p>}
      >
        <div class="mt-3 flex justify-center">
          <Button busy={props.busy} onClick={() => props.onOlder()}>
            Show older
          </Button>
        </div>
      </Show>
    </>
  );
}

/** The log before it is there, in its true size. */
export function AuditSkeleton() {
  return (
    <Loading label="Loading the audit log">
      <div class="rounded-8 border border-line bg-surface">
        <For each={['w-72', 'w-56', 'w-80', 'w-64', 'w-48', 'w-72', 'w-60', 'w-80']}>
          {(width) => (
            <div class="flex h-11 items-center justify-between gap-6 border-b border-line px-4 last:border-b-0">
              <Skeleton class={`h-3.5 max-w-3/5 ${width}`} />
              <Skeleton class="h-3.5 w-16" />
            </div>
          )}
        </For>
      </div>
    </Loading>
  );
}

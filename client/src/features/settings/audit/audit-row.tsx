import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createUniqueId, For, Show } from 'solid-js';
import type { AuditEntry } from '../../../../../shared/audit/audit-entry.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Ago } from '../../../ui/time/ago.tsx';
import { exactTime } from '../../../ui/time/relative-time.ts';
import { auditSentence } from './audit-words.ts';
import { ChangeTable } from './change-table.tsx';
import { changedLines } from './changed-lines.ts';

/** One entry: what happened in a sentence, when and from where. The sentence is the button that opens what changed. */
export function AuditRow(props: { entry: AuditEntry; open: boolean; onToggle: () => void }) {
  const id = createUniqueId();
  const parts = () => auditSentence(props.entry);
  return (
    <li class="clip-lines border-b border-line last:border-b-0">
      <div class="relative flex items-start gap-3 px-4 py-2.5 hover:bg-hover">
        <div class="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 md:grid-cols-[minmax(0,1fr)_auto]">
          <h3 class="min-w-0 font-normal">
            <button
              type="button"
              aria-expanded={props.open}
              aria-controls={props.open ? id : undefined}
              onClick={() => props.onToggle()}
              class={classNames(
                'max-w-full text-left text-14 text-pretty outline-none [overflow-wrap:anywhere] after:absolute after:inset-0',
                'focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus',
              )}
            >
              <For each={parts()}>
                {(part) => (typeof part === 'string' ? part : <bdi class="font-medium">{part.name}</bdi>)}
              </For>
            </button>
          </h3>
          <p class="text-13 text-muted md:pt-px md:text-right">
            <Show when={props.entry.address}>
              {(address) => <span class="break-all text-faint figures">{address()} · </span>}
            </Show>
            <Ago at={props.entry.at} class="relative z-10" />
          </p>
        </div>
        <ChevronDown
          class={classNames(
            'mt-0.5 size-4 shrink-0 text-muted transition-transform',
            props.open && 'rotate-180',
          )}
          aria-hidden="true"
        />
      </div>
      <Show when={props.open}>
        <div id={id} class="border-t border-line bg-sunken/60 px-4 py-3">
          <dl class="flex flex-wrap gap-x-6 gap-y-1 text-13">
            <Fact name="When">{exactTime(Date.parse(props.entry.at))}</Fact>
            <Fact name="From">{props.entry.address ?? 'no address'}</Fact>
            <Fact name="Action">{props.entry.action}</Fact>
          </dl>
          <Show when={changedLines(props.entry).length > 0}>
            <div class="mt-2">
              <ChangeTable entry={props.entry} />
            </div>
          </Show>
        </div>
      </Show>
    </li>
  );
}

function Fact(props: { name: string; children: string }) {
  return (
    <div class="flex gap-1.5">
      <dt class="text-faint">{props.name}</dt>
      <dd class="min-w-0 break-all figures">{props.children}</dd>
    </div>
  );
}

import * as Kobalte from '@kobalte/core/tabs';
import { For, type JSX } from 'solid-js';

export type Tab = { value: string; label: string; content: () => JSX.Element };

/** Views of one thing, one at a time. `label` names the row of tabs for screen readers. */
export function Tabs(props: {
  label: string;
  tabs: Tab[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Kobalte.Root value={props.value} onChange={props.onChange}>
      <Kobalte.List aria-label={props.label} class="relative flex gap-5 overflow-x-auto border-b border-line">
        <For each={props.tabs}>
          {(tab) => (
            <Kobalte.Trigger
              value={tab.value}
              class="-mb-px h-10 shrink-0 border-b-2 border-transparent text-14 font-medium text-muted hover:text-text data-[selected]:border-accent data-[selected]:text-text focus-visible:-outline-offset-2"
            >
              {tab.label}
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>
        {(tab) => (
          <Kobalte.Content value={tab.value} class="pt-4">
            {tab.content()}
          </Kobalte.Content>
        )}
      </For>
    </Kobalte.Root>
  );
}

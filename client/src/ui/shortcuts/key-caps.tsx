import { For } from 'solid-js';

const onMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const CAPS: Record<string, string> = { mod: onMac ? '⌘' : 'Ctrl', Enter: 'Enter' };

/** The keys of a shortcut as they stand on a keyboard: `g m` is two caps, `mod+k` is ⌘ K or Ctrl K. */
export function KeyCaps(props: { keys: string }) {
  return (
    <span class="inline-flex items-center gap-1">
      <For each={props.keys.split(/[ +]/)}>
        {(key) => (
          <kbd class="inline-flex h-5 min-w-5 items-center justify-center rounded-4 border border-line-strong bg-surface px-1 text-12 text-muted">
            {CAPS[key] ?? (key.length === 1 && /[a-z]/.test(key) ? key.toUpperCase() : key)}
          </kbd>
        )}
      </For>
    </span>
  );
}

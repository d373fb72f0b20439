import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import { matchKeys } from './match-keys.ts';

export type Shortcut = {
  /** As people write it: `n`, `/`, `g m` (one after the other), `mod+k` (⌘ on a Mac, Ctrl elsewhere). */
  keys: string;
  /** What it does, for the list that `?` shows. */
  label: string;
  run: () => void;
};

/** The second key of a pair must follow within this time. */
const PAIR_MS = 1200;

const [known, setKnown] = createSignal<Shortcut[]>([]);

/** Every shortcut that works right now, in the order they were made. */
export const shortcuts = known;

/** Shortcuts that work as long as the component that asks for them is there; those that come and go are read anew. */
export function useShortcuts(added: Shortcut[] | Accessor<Shortcut[]>): void {
  if (typeof added === 'function') createEffect(() => know(added()));
  else know(added);
}

function know(added: Shortcut[]): void {
  setKnown((before) => [...before, ...added]);
  onCleanup(() => setKnown((before) => before.filter((shortcut) => !added.includes(shortcut))));
}

/** Listens to the keyboard until stopped. Nothing runs while someone types, or while a dialog or menu is open. */
export function listenForShortcuts(): () => void {
  let pending: { key: string; atMs: number } | null = null;
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (!modified && (isTyping(event.target) || isLayerOpen())) return;
    const first = pending !== null && event.timeStamp - pending.atMs < PAIR_MS ? pending.key : null;
    const match = matchKeys(
      known().map((shortcut) => shortcut.keys),
      first,
      event,
    );
    pending = match.kind === 'begun' ? { key: event.key, atMs: event.timeStamp } : null;
    if (match.kind !== 'whole') return;
    event.preventDefault();
    // The one made last is the nearest: a page's own goes before the shell's.
    known()
      .findLast((shortcut) => shortcut.keys === match.keys)
      ?.run();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

function isLayerOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}

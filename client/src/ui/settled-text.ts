import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

/** What was typed, once typing has rested for 150 ms: a search asks once a word, not once a letter. */
export function createSettledText(typed: Accessor<string>): Accessor<string> {
  const [settled, setSettled] = createSignal(typed());
  createEffect(
    on(
      typed,
      (text) => {
        const timer = setTimeout(() => setSettled(text.trim()), 150);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  return settled;
}

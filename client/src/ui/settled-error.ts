import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

/** How long typing rests before a new complaint is made: nobody wants "not an email" after the first letter. */
const REST_MS = 500;

/**
 * What is wrong with a field, as calmly as it should be shown: a new sentence appears when typing rests or the field is
 * left (`settle`), another one takes its place at once, and it goes the moment nothing is wrong.
 */
export function createSettledError(error: Accessor<string | null>): {
  shown: Accessor<string | null>;
  settle: () => void;
} {
  const [shown, setShown] = createSignal(error());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    clearTimeout(timer);
    setShown(error());
  };
  createEffect(
    on(
      error,
      (next) => {
        clearTimeout(timer);
        if (next === null || shown() !== null) setShown(next);
        else timer = setTimeout(settle, REST_MS);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return { shown, settle };
}

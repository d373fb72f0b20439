import { createUniqueId, type JSX, Show } from 'solid-js';
import { afterPress } from './after-press.ts';
import { createSettledError } from './settled-error.ts';

/** What a control spreads onto its element, so that label, hint and error belong to it. */
export type ControlProps = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
};

export type FieldProps = {
  label: string;
  /** One line under the control, as long as nothing is wrong. */
  hint?: JSX.Element;
  /** What is wrong, in a sentence; a new one is shown once typing rests, and goes the moment it is mended. */
  error?: string | null;
  /** Beside the label: "optional", or a small action. */
  aside?: JSX.Element;
  hideLabel?: boolean;
  class?: string;
  children: (control: ControlProps) => JSX.Element;
};

/** Label, control, and under it the hint or what is wrong. */
export function Field(props: FieldProps) {
  const id = createUniqueId();
  const error = createSettledError(() => props.error ?? null);
  const control: ControlProps = {
    id,
    get 'aria-describedby'() {
      if (error.shown() !== null) return `${id}-error`;
      return props.hint === undefined ? undefined : `${id}-hint`;
    },
    get 'aria-invalid'() {
      return error.shown() === null ? undefined : 'true';
    },
  };
  return (
    <div class={props.class} onFocusOut={() => afterPress(error.settle)}>
      <div class={props.hideLabel ? 'sr-only' : 'mb-1.5 flex items-baseline justify-between gap-2'}>
        <label for={id} class="text-13 font-medium">
          {props.label}
        </label>
        <Show when={props.aside}>
          <span class="text-12 text-faint">{props.aside}</span>
        </Show>
      </div>
      {props.children(control)}
      <div aria-live="polite">
        <Show when={error.shown()}>
          {(sentence) => (
            <p id={`${id}-error`} class="mt-1.5 text-13 text-down-text">
              {sentence()}
            </p>
          )}
        </Show>
      </div>
      <Show when={error.shown() === null && props.hint !== undefined}>
        <p id={`${id}-hint`} class="mt-1.5 text-13 text-faint">
          {props.hint}
        </p>
      </Show>
    </div>
  );
}

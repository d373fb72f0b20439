import { createSignal } from 'solid-js';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { createFormErrors } from '../../ui/form-errors.ts';

/**
 * What comes of sending a short form: what the server refused is said at its field, which gets the focus, and in a
 * sentence above the button when it belongs to none. What was typed stays.
 * @param inputAt what stands in a field of this form, by its name
 * @param fieldOfReason the field that a refusal is about which names none, by its reason
 */
export function createSending(
  form: { readonly isSubmitted: boolean },
  inputAt: (name: string) => unknown,
  fieldOfReason: Partial<Record<ReadRefusal['reason'], string>> = {},
): {
  /** Why it was refused, where that belongs to no field. */
  refused: () => ReadRefusal | null;
  errorAt: ReturnType<typeof createFormErrors>['at'];
  /** @param onRefused may take a refusal for itself by answering true */
  send: (
    event: SubmitEvent,
    act: () => Promise<void>,
    onRefused?: (refusal: ReadRefusal) => boolean | Promise<boolean>,
  ) => Promise<void>;
} {
  const errors = createFormErrors(form);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  return {
    refused,
    errorAt: errors.at,
    async send(event, act, onRefused) {
      setRefused(null);
      errors.clear();
      try {
        await act();
      } catch (error) {
        const refusal = readRefusal(error);
        if (await onRefused?.(refusal)) return;
        const field = fieldOfReason[refusal.reason];
        const fields = field === undefined ? refusal.fields : { [field]: refusal.sentence };
        errors.refuse(fields, inputAt);
        const first = Object.keys(fields)
          .map((name) => fieldOf(event.target, name))
          .find((field) => field !== null);
        if (first !== undefined) first.focus();
        else setRefused({ ...refusal, sentence: Object.values(fields)[0] ?? refusal.sentence });
      }
    },
  };
}

function fieldOf(form: EventTarget | null, name: string): HTMLElement | null {
  const field = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
  return field instanceof HTMLElement ? field : null;
}

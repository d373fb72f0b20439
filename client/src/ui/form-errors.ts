import { createSignal } from 'solid-js';
import type { FieldErrors } from '../../../shared/error-reason.ts';

type FieldState = { errors: [string, ...string[]] | null; isDirty: boolean; input: unknown };

/**
 * What to say at a field: the form's own schema first, then what the server refused. A field nobody has typed in yet
 * says nothing before the form is sent; a refusal of the server stands as long as its field holds what was refused.
 */
export function createFormErrors(form: { readonly isSubmitted: boolean }) {
  const [refused, setRefused] = createSignal<Record<string, { sentence: string; input: string }>>({});
  return {
    /** Keeps what the server said, by dotted path, with what stood in the fields then. */
    refuse(fields: FieldErrors, inputAt: (path: string) => unknown): void {
      setRefused(
        Object.fromEntries(
          Object.entries(fields).map(([path, sentence]) => [
            path,
            { sentence, input: JSON.stringify(inputAt(path) ?? null) },
          ]),
        ),
      );
    },
    clear: () => setRefused({}),
    refusedPaths: () => Object.keys(refused()),
    at(path: string, field: FieldState): string | null {
      const own = form.isSubmitted || field.isDirty ? (field.errors?.[0] ?? null) : null;
      if (own !== null) return own;
      const refusal = refused()[path];
      return refusal?.input === JSON.stringify(field.input ?? null) ? refusal.sentence : null;
    },
  };
}

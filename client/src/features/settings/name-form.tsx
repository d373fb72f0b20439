import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, on, untrack } from 'solid-js';
import type * as v from 'valibot';
import type { ReadRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { LineField } from '../accounts/line-field.tsx';
import { createSending } from '../accounts/sending.ts';

type NameSchema = v.ObjectSchema<{ readonly name: v.GenericSchema<string, string> }, undefined>;

/** A name that is kept, and what it is changed to. */
export function NameForm(props: {
  schema: NameSchema;
  name: string;
  label: string;
  hint?: string;
  autocomplete: 'name' | 'organization';
  /** Refused about the name, though the server names no field. */
  refusedFor?: ReadRefusal['reason'];
  /** Answers the name as it is kept. */
  save: (name: string) => Promise<string>;
  onSaved: (name: string) => Promise<void>;
}) {
  const form = createForm({
    schema: untrack(() => props.schema),
    initialInput: untrack(() => ({ name: props.name })),
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(
    form,
    () => getInput(form).name,
    untrack(() => (props.refusedFor === undefined ? {} : { [props.refusedFor]: 'name' })),
  );

  // Changed by somebody else or in another tab: shown here at once where nothing else is typed.
  createEffect(
    on(
      () => props.name,
      (name) => {
        if (!form.isDirty) reset(form, { initialInput: { name } });
      },
      { defer: true },
    ),
  );

  return (
    <Form
      of={form}
      class="flex flex-col items-start gap-4"
      onSubmit={(input, event) =>
        sending.send(event, async () => {
          const name = await props.save(input.name);
          reset(form, { initialInput: { name } });
          await props.onSaved(name);
        })
      }
    >
      <FormField of={form} path={['name']}>
        {(field) => (
          <LineField
            field={field}
            error={sending.errorAt('name', field)}
            label={props.label}
            hint={props.hint}
            size="medium"
            name="name"
            autocomplete={props.autocomplete}
          />
        )}
      </FormField>
      <RefusalNotice refusal={sending.refused()} />
      <Button type="submit" busy={form.isSubmitting}>
        Save name
      </Button>
    </Form>
  );
}

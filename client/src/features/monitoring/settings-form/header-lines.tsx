import { FieldArray, Field as FormField, insert, remove } from '@formisch/solid';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { Index, Show } from 'solid-js';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { MonitorForm } from './settings-fields.tsx';

const MOST_HEADERS = 50;

/** The headers that are sent with each check, line by line. */
export function HeaderLines(props: MonitorForm) {
  return (
    <FieldArray of={props.form} path={['headers']}>
      {(lines) => (
        <div class="flex flex-col gap-2">
          <div class="flex items-center justify-between gap-2">
            <span class="text-13 font-medium">Headers</span>
            <Button
              variant="ghost"
              size="small"
              disabled={lines.items.length >= MOST_HEADERS}
              onClick={() => insert(props.form, { path: ['headers'], initialInput: { name: '', value: '' } })}
            >
              <Plus class="size-4" aria-hidden="true" />
              Add header
            </Button>
          </div>
          <Show
            when={lines.items.length > 0}
            fallback={
              <p class="text-13 text-faint">
                None. An API key goes here, such as <code class="text-12">Authorization: Bearer …</code>
              </p>
            }
          >
            <Index each={lines.items}>
              {(_line, index) => (
                <div class="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2">
                  <FormField of={props.form} path={['headers', index, 'name']}>
                    {(field) => (
                      <Field
                        label={`Name of header ${index + 1}`}
                        hideLabel
                        error={props.errors.at(`headers.${index}.name`, field)}
                      >
                        {(control) => (
                          <TextInput
                            {...field.props}
                            {...control}
                            value={field.input ?? ''}
                            placeholder="Name"
                            autocomplete="off"
                            spellcheck={false}
                            mono
                          />
                        )}
                      </Field>
                    )}
                  </FormField>
                  <FormField of={props.form} path={['headers', index, 'value']}>
                    {(field) => (
                      <Field
                        label={`Value of header ${index + 1}`}
                        hideLabel
                        error={props.errors.at(`headers.${index}.value`, field)}
                      >
                        {(control) => (
                          <TextInput
                            {...field.props}
                            {...control}
                            value={field.input ?? ''}
                            placeholder="Value"
                            autocomplete="off"
                            spellcheck={false}
                            mono
                          />
                        )}
                      </Field>
                    )}
                  </FormField>
                  <Button
                    variant="ghost"
                    square
                    aria-label={`Remove header ${index + 1}`}
                    onClick={() => remove(props.form, { path: ['headers'], at: index })}
                  >
                    <Trash class="size-4" aria-hidden="true" />
                  </Button>
                </div>
              )}
            </Index>
          </Show>
        </div>
      )}
    </FieldArray>
  );
}

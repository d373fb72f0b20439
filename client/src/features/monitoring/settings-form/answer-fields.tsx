import { Field as FormField } from '@formisch/solid';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { AssertionLines } from './assertion-lines.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { FieldRow } from './settings-section.tsx';

/** What an answer must be to count as up. */
export function AnswerFields(props: MonitorForm) {
  return (
    <>
      <FieldRow>
        <FormField of={props.form} path={['expectedStatus']}>
          {(field) => (
            <Field
              label="Expected status"
              class="@md:col-span-2"
              hint="Empty: 200 to 399. Or 2xx, 301, 200-204, with commas."
              error={props.errors.at('expectedStatus', field)}
            >
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  value={field.input ?? ''}
                  placeholder="200-399"
                  autocomplete="off"
                  mono
                />
              )}
            </Field>
          )}
        </FormField>
      </FieldRow>
      <AssertionLines {...props} />
    </>
  );
}

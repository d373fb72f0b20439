import { Field as FormField } from '@formisch/solid';
import { HTTP_VERSIONS, IP_VERSIONS } from '../../../../../shared/checks/http-spec-input.ts';
import { Field } from '../../../ui/field.tsx';
import { ClientCertificateFields } from './client-certificate-fields.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { HTTP_WORDS, IP_WORDS } from './request-words.ts';
import { SelectInput } from './select-input.tsx';
import { FieldRow } from './settings-section.tsx';

/** How the target is connected to: what hardly anybody changes. */
export function ConnectionFields(props: MonitorForm) {
  return (
    <div class="flex flex-col gap-4">
      <FieldRow>
        <FormField of={props.form} path={['http', 'ipVersion']}>
          {(field) => (
            <Field
              label="IP version"
              hint="Says so when only one kind of a host answers."
              error={props.errors.at('http.ipVersion', field)}
            >
              {(control) => (
                <SelectInput
                  {...field.props}
                  {...control}
                  value={field.input ?? 'either'}
                  options={IP_VERSIONS.map((each) => ({ value: each, label: IP_WORDS[each] }))}
                />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['http', 'httpVersion']}>
          {(field) => (
            <Field label="HTTP version" error={props.errors.at('http.httpVersion', field)}>
              {(control) => (
                <SelectInput
                  {...field.props}
                  {...control}
                  value={field.input ?? 'auto'}
                  options={HTTP_VERSIONS.map((each) => ({ value: each, label: HTTP_WORDS[each] }))}
                />
              )}
            </Field>
          )}
        </FormField>
      </FieldRow>
      <ClientCertificateFields {...props} />
    </div>
  );
}

import { Field as FormField, getInput, setInput } from '@formisch/solid';
import { HTTP_METHODS } from '../../../../../shared/checks/http-spec-input.ts';
import { Field } from '../../../ui/field.tsx';
import { AuthFields } from './auth-fields.tsx';
import { BodyFields } from './body-fields.tsx';
import { ConnectionFields } from './connection-fields.tsx';
import { Disclosure } from './disclosure.tsx';
import { HeaderLines } from './header-lines.tsx';
import { FORM_BODY_TYPES } from './http-form-schema.ts';
import type { MonitorForm } from './monitor-form.ts';
import { BODY_WORDS } from './request-words.ts';
import { SelectInput } from './select-input.tsx';
import { FieldRow } from './settings-section.tsx';

/** What is sent with each check. */
export function RequestFields(props: MonitorForm & { isWrong: (path: string) => boolean }) {
  const connectionIsPlain = () =>
    getInput(props.form, { path: ['http', 'ipVersion'] }) === 'either' &&
    getInput(props.form, { path: ['http', 'httpVersion'] }) === 'auto' &&
    getInput(props.form, { path: ['http', 'clientCertificate', 'certificate'] }) === '';

  /** Hardly a server looks at the body of a GET. Who means it chooses GET again. */
  const chooseBody = (chosen: string) => {
    const method = getInput(props.form, { path: ['http', 'method'] });
    if (chosen !== 'none' && (method === 'GET' || method === 'HEAD')) {
      setInput(props.form, { path: ['http', 'method'], input: 'POST' });
    }
  };

  return (
    <>
      <FieldRow>
        <FormField of={props.form} path={['http', 'method']}>
          {(field) => (
            <Field label="Method" error={props.errors.at('http.method', field)}>
              {(control) => (
                <SelectInput
                  {...field.props}
                  {...control}
                  value={field.input ?? 'GET'}
                  options={HTTP_METHODS.map((each) => ({ value: each, label: each }))}
                  mono
                />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['http', 'bodyType']}>
          {(field) => (
            <Field label="Body type" error={props.errors.at('http.bodyType', field)}>
              {(control) => (
                <SelectInput
                  {...field.props}
                  {...control}
                  value={field.input ?? 'none'}
                  options={FORM_BODY_TYPES.map((each) => ({
                    value: each,
                    label: each === 'none' ? 'None' : BODY_WORDS[each],
                  }))}
                  onInput={(event) => {
                    field.props.onInput(event);
                    chooseBody(event.currentTarget.value);
                  }}
                />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['http', 'followRedirects']}>
          {(field) => (
            <label class="flex min-h-8 cursor-pointer items-center gap-2.5 self-end text-14 pointer-coarse:min-h-11">
              <input
                {...field.props}
                type="checkbox"
                class="size-4 accent-accent"
                checked={field.input ?? true}
              />
              Follow redirects
            </label>
          )}
        </FormField>
      </FieldRow>
      <BodyFields {...props} />
      <HeaderLines {...props} />
      <AuthFields {...props} />
      <Disclosure
        title="Connection"
        summary="Client certificate, IPv4 or IPv6, HTTP version"
        openFirst={!connectionIsPlain()}
        wrong={
          props.isWrong('http.clientCertificate') ||
          props.isWrong('http.ipVersion') ||
          props.isWrong('http.httpVersion')
        }
      >
        <ConnectionFields {...props} />
      </Disclosure>
    </>
  );
}

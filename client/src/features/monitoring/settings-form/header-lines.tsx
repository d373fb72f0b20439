import { FieldArray, Field as FormField, getInput, insert, remove, setInput } from '@formisch/solid';
import { Show } from 'solid-js';
import { isSecretHeader } from '../../../../../shared/checks/http-secrets.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { NameValueLines } from './name-value-lines.tsx';
import { KeepSecret, StoredSecret } from './stored-secret.tsx';

const MOST_HEADERS = 50;

/** The headers that are sent with each check, line by line. The values of secret ones are stored, and not shown. */
export function HeaderLines(props: MonitorForm) {
  return (
    <FieldArray of={props.form} path={['http', 'headers']}>
      {(lines) => (
        <NameValueLines
          title="Headers"
          one="header"
          items={lines.items}
          most={MOST_HEADERS}
          error={props.errors.at('http.headers', {
            errors: lines.errors,
            isDirty: lines.isDirty,
            input: getInput(props.form, { path: ['http', 'headers'] }),
          })}
          none={
            <>
              None. An API key goes here, such as <code class="text-12">X-Api-Key</code>; it is stored sealed.
            </>
          }
          onAdd={() =>
            insert(props.form, { path: ['http', 'headers'], initialInput: { name: '', value: '' } })
          }
          onRemove={(index) => remove(props.form, { path: ['http', 'headers'], at: index })}
        >
          {(index) => <HeaderLine {...props} index={index} />}
        </NameValueLines>
      )}
    </FieldArray>
  );
}

function HeaderLine(props: MonitorForm & { index: number }) {
  const name = () => getInput(props.form, { path: ['http', 'headers', props.index, 'name'] }) ?? '';
  const what = () => `value of header ${props.index + 1}`;
  // Names of headers are the same in any case (RFC 9110, 5.1).
  const canKeep = () =>
    isSecretHeader(name()) &&
    Object.keys(props.stored?.headers ?? {}).some((each) => each.toLowerCase() === name().toLowerCase());
  const setValue = (value: string | null) =>
    setInput(props.form, { path: ['http', 'headers', props.index, 'value'], input: value });
  let valueBox: HTMLDivElement | undefined;

  /** A value is kept for the header it was stored for, and goes to no other. */
  const nameTyped = () => {
    const value = getInput(props.form, { path: ['http', 'headers', props.index, 'value'] });
    if (value === null && !canKeep()) setValue('');
  };

  return (
    <>
      <FormField of={props.form} path={['http', 'headers', props.index, 'name']}>
        {(field) => (
          <Field
            label={`Name of header ${props.index + 1}`}
            hideLabel
            error={props.errors.at(`http.headers.${props.index}.name`, field)}
          >
            {(control) => (
              <TextInput
                {...field.props}
                {...control}
                onInput={(event) => {
                  field.props.onInput(event);
                  nameTyped();
                }}
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
      <div ref={valueBox}>
        <FormField of={props.form} path={['http', 'headers', props.index, 'value']}>
          {(field) => (
            <Field
              label={`Value of header ${props.index + 1}`}
              hideLabel
              error={props.errors.at(`http.headers.${props.index}.value`, field)}
            >
              {(control) => (
                <Show
                  when={field.input !== null}
                  fallback={
                    <StoredSecret
                      control={control}
                      name={field.props.name}
                      what={what()}
                      onReplace={() => {
                        setValue('');
                        valueBox?.querySelector('input')?.focus();
                      }}
                    />
                  }
                >
                  <div class="relative">
                    <TextInput
                      {...field.props}
                      {...control}
                      value={field.input ?? ''}
                      placeholder="Value"
                      autocomplete="off"
                      spellcheck={false}
                      mono
                      class={canKeep() ? 'pr-16' : undefined}
                    />
                    <Show when={canKeep()}>
                      <KeepSecret
                        what={what()}
                        class="absolute! inset-y-0 right-0.5 my-auto"
                        onKeep={() => {
                          setValue(null);
                          valueBox?.querySelector('button')?.focus();
                        }}
                      />
                    </Show>
                  </div>
                </Show>
              )}
            </Field>
          )}
        </FormField>
      </div>
    </>
  );
}

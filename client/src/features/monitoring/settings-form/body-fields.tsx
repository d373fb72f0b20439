import { FieldArray, Field as FormField, getInput, insert, remove } from '@formisch/solid';
import { Match, Show, Switch } from 'solid-js';
import { Field } from '../../../ui/field.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { NameValueLines } from './name-value-lines.tsx';

const MOST_LINES = 100;

const EXAMPLES = { text: 'ping', json: '{"ping": true}', graphql: '{ health { status } }' };

/** What is sent as the body, in the shape that its type asks for. */
export function BodyFields(props: MonitorForm) {
  const type = () => getInput(props.form, { path: ['http', 'bodyType'] }) ?? 'none';
  const written = () => {
    const chosen = type();
    return chosen === 'none' || chosen === 'form' ? null : chosen;
  };
  return (
    <Switch>
      <Match when={type() === 'form'}>
        <FormLines {...props} />
      </Match>
      <Match when={written()}>
        {(chosen) => (
          <>
            <FormField of={props.form} path={['http', 'body']}>
              {(field) => (
                <Field
                  label={chosen() === 'graphql' ? 'Query' : 'Body'}
                  error={props.errors.at('http.body', field)}
                >
                  {(control) => (
                    <TextArea
                      {...field.props}
                      {...control}
                      value={field.input ?? ''}
                      placeholder={EXAMPLES[chosen()]}
                      spellcheck={false}
                      mono
                    />
                  )}
                </Field>
              )}
            </FormField>
            <Show when={chosen() === 'graphql'}>
              <Variables {...props} />
            </Show>
          </>
        )}
      </Match>
    </Switch>
  );
}

function Variables(props: MonitorForm) {
  return (
    <FormField of={props.form} path={['http', 'graphqlVariables']}>
      {(field) => (
        <Field label="Variables" aside="optional" error={props.errors.at('http.graphqlVariables', field)}>
          {(control) => (
            <TextArea
              {...field.props}
              {...control}
              rows="2"
              value={field.input ?? ''}
              placeholder='{"id": 1}'
              spellcheck={false}
              mono
            />
          )}
        </Field>
      )}
    </FormField>
  );
}

function FormLines(props: MonitorForm) {
  return (
    <FieldArray of={props.form} path={['http', 'formLines']}>
      {(lines) => (
        <NameValueLines
          title="Form fields"
          one="field"
          items={lines.items}
          most={MOST_LINES}
          error={props.errors.at('http.formLines', {
            errors: lines.errors,
            isDirty: lines.isDirty,
            input: getInput(props.form, { path: ['http', 'formLines'] }),
          })}
          none="None. Each is a name and a value, as a web page would send them."
          onAdd={() =>
            insert(props.form, { path: ['http', 'formLines'], initialInput: { name: '', value: '' } })
          }
          onRemove={(index) => remove(props.form, { path: ['http', 'formLines'], at: index })}
        >
          {(index) => (
            <>
              <FormField of={props.form} path={['http', 'formLines', index, 'name']}>
                {(field) => (
                  <Field label={`Name of field ${index + 1}`} hideLabel>
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
              <FormField of={props.form} path={['http', 'formLines', index, 'value']}>
                {(field) => (
                  <Field label={`Value of field ${index + 1}`} hideLabel>
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
            </>
          )}
        </NameValueLines>
      )}
    </FieldArray>
  );
}

import { Field as FormField, getInput } from '@formisch/solid';
import { createMemo, type JSX, Show } from 'solid-js';
import { Field } from '../../../ui/field.tsx';
import { Disclosure } from './disclosure.tsx';
import type { MonitorForm } from './monitor-form.ts';
import type { MonitorFormInput } from './monitor-form-schema.ts';
import { QuantityInput } from './quantity-input.tsx';
import { QuorumChoice } from './quorum-choice.tsx';
import { readAlerting } from './read-alerting.ts';
import { FieldRow } from './settings-section.tsx';

/** When the monitor is down, degraded or flapping: the figures, and what they mean in a sentence each. */
export function AlertingFields(props: MonitorForm & { isWrong: (path: string) => boolean }) {
  const input = () => getInput(props.form) as MonitorFormInput; // every field has its initial value
  const words = createMemo(() => readAlerting(input()));
  const isDamped = () => input().flapChanges.trim() !== '0';
  const regions = () => input().regions.length;
  return (
    <>
      <Meaning>{words().down}</Meaning>
      <FieldRow>
        <FormField of={props.form} path={['retries']}>
          {(field) => (
            <Field label="Retries" error={props.errors.at('retries', field)}>
              {(control) => (
                <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="times" />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['retryDelaySeconds']}>
          {(field) => (
            <Field label="Between retries" error={props.errors.at('retryDelaySeconds', field)}>
              {(control) => (
                <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="s" />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['recovery']}>
          {(field) => (
            <Field label="Up again after" error={props.errors.at('recovery', field)}>
              {(control) => (
                <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="checks" />
              )}
            </Field>
          )}
        </FormField>
        <Show when={regions() > 1}>
          <QuorumChoice {...props} regions={regions()} />
        </Show>
      </FieldRow>
      <Meaning>{words().degraded}</Meaning>
      <FieldRow>
        <FormField of={props.form} path={['degradedAfterMs']}>
          {(field) => (
            <Field
              label="Degraded when slower than"
              hint="Empty: never."
              error={props.errors.at('degradedAfterMs', field)}
            >
              {(control) => (
                <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="ms" />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={props.form} path={['certificateDays']}>
          {(field) => (
            <Field
              label="Certificate ends in less than"
              hint="Empty: never."
              error={props.errors.at('certificateDays', field)}
            >
              {(control) => (
                <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="days" />
              )}
            </Field>
          )}
        </FormField>
      </FieldRow>
      <Disclosure
        title="Flapping"
        summary={words().flapping ?? ''}
        wrong={['flapChanges', 'flapWindowMinutes', 'flapQuietMinutes'].some(props.isWrong)}
      >
        <Meaning>{words().flapping}</Meaning>
        <FieldRow>
          <FormField of={props.form} path={['flapChanges']}>
            {(field) => (
              <Field label="More than" hint="0: never held." error={props.errors.at('flapChanges', field)}>
                {(control) => (
                  <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="changes" />
                )}
              </Field>
            )}
          </FormField>
          <Show when={isDamped()}>
            <FormField of={props.form} path={['flapWindowMinutes']}>
              {(field) => (
                <Field label="Within" error={props.errors.at('flapWindowMinutes', field)}>
                  {(control) => (
                    <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="min" />
                  )}
                </Field>
              )}
            </FormField>
            <FormField of={props.form} path={['flapQuietMinutes']}>
              {(field) => (
                <Field label="Held until quiet for" error={props.errors.at('flapQuietMinutes', field)}>
                  {(control) => (
                    <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="min" />
                  )}
                </Field>
              )}
            </FormField>
          </Show>
        </FieldRow>
      </Disclosure>
    </>
  );
}

/** What the figures below come to. It keeps its place while a figure is being typed. */
function Meaning(props: { children: JSX.Element }) {
  return (
    <p class="min-h-5 text-13 text-pretty text-muted">
      {props.children ?? 'What the figures mean is said here once they are right.'}
    </p>
  );
}

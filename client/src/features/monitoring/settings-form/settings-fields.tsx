import { Field as FormField, type FormStore, getInput, setInput } from '@formisch/solid';
import { createEffect, Show, untrack } from 'solid-js';
import type { PlanName } from '../../../../../shared/billing/plans.ts';
import { HTTP_METHODS } from '../../../../../shared/checks/http-spec-input.ts';
import { defaultTimeoutMs } from '../../../../../shared/monitoring/monitor-input.ts';
import { Field } from '../../../ui/field.tsx';
import type { createFormErrors } from '../../../ui/form-errors.ts';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import { AssertionLines } from './assertion-lines.tsx';
import { HeaderLines } from './header-lines.tsx';
import { intervalOptions } from './interval-options.ts';
import type { monitorFormSchema } from './monitor-form-schema.ts';
import { QuantityInput } from './quantity-input.tsx';
import { RegionChoice } from './region-choice.tsx';
import { SelectInput } from './select-input.tsx';
import { FieldRow, SettingsSection } from './settings-section.tsx';

export type MonitorForm = {
  form: FormStore<typeof monitorFormSchema>;
  errors: ReturnType<typeof createFormErrors>;
};

/**
 * Every setting of a monitor but its name and address: the whole settings of its page, and "More settings" where one is
 * added. It fits itself to the width it is given.
 */
export function SettingsFields(props: MonitorForm & { plan: PlanName }) {
  const method = () => getInput(props.form, { path: ['method'] });
  const body = () => getInput(props.form, { path: ['body'] });
  // A deadline that nobody changed goes with the interval, as it does on the server.
  createEffect<string | undefined>((before) => {
    const seconds = getInput(props.form, { path: ['intervalSeconds'] });
    const deadline = untrack(() => getInput(props.form, { path: ['timeoutMs'] }));
    if (before !== undefined && deadline === String(defaultTimeoutMs(Number(before)))) {
      setInput(props.form, { path: ['timeoutMs'], input: String(defaultTimeoutMs(Number(seconds))) });
    }
    return seconds;
  });
  const sendsBody = () => (method() !== 'GET' && method() !== 'HEAD') || Boolean(body());
  return (
    <div class="@container">
      <SettingsSection title="Request" sentence="What is sent with each check.">
        <FieldRow>
          <FormField of={props.form} path={['method']}>
            {(field) => (
              <Field label="Method" error={props.errors.at('method', field)}>
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
          <FormField of={props.form} path={['followRedirects']}>
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
        <HeaderLines form={props.form} errors={props.errors} />
        <Show when={sendsBody()}>
          <FormField of={props.form} path={['body']}>
            {(field) => (
              <Field label="Body" aside="optional" error={props.errors.at('body', field)}>
                {(control) => (
                  <TextArea
                    {...field.props}
                    {...control}
                    value={field.input ?? ''}
                    placeholder='{"query":"{ health }"}'
                    spellcheck={false}
                    mono
                  />
                )}
              </Field>
            )}
          </FormField>
        </Show>
      </SettingsSection>

      <SettingsSection title="Expected answer" sentence="What an answer must be to count as up.">
        <FieldRow>
          <FormField of={props.form} path={['expectedStatus']}>
            {(field) => (
              <Field
                label="Expected status"
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
        </FieldRow>
        <AssertionLines form={props.form} errors={props.errors} />
      </SettingsSection>

      <SettingsSection title="Schedule" sentence="How often, from where, and how long an answer may take.">
        <FieldRow>
          <FormField of={props.form} path={['intervalSeconds']}>
            {(field) => (
              <Field label="Interval" error={props.errors.at('intervalSeconds', field)}>
                {(control) => (
                  <SelectInput
                    {...field.props}
                    {...control}
                    value={field.input ?? ''}
                    options={intervalOptions(props.plan, Number(field.input))}
                  />
                )}
              </Field>
            )}
          </FormField>
          <FormField of={props.form} path={['timeoutMs']}>
            {(field) => (
              <Field
                label="Deadline"
                hint="For the whole check, redirects and body included."
                error={props.errors.at('timeoutMs', field)}
              >
                {(control) => (
                  <QuantityInput {...field.props} {...control} value={field.input ?? ''} unit="ms" />
                )}
              </Field>
            )}
          </FormField>
        </FieldRow>
        <RegionChoice form={props.form} errors={props.errors} plan={props.plan} />
      </SettingsSection>

      <SettingsSection
        title="Confirmation"
        sentence="A failed check is verified before anyone is told, so that nobody is woken by a hiccup."
      >
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
        </FieldRow>
      </SettingsSection>

      <SettingsSection title="Tags" sentence="For finding it again in a long list.">
        <FormField of={props.form} path={['tags']}>
          {(field) => (
            <Field label="Tags" hint="With commas between them." error={props.errors.at('tags', field)}>
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  value={field.input ?? ''}
                  placeholder="api, public"
                  autocomplete="off"
                />
              )}
            </Field>
          )}
        </FormField>
      </SettingsSection>
    </div>
  );
}

import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, createSignal, lazy, on, onMount, Show, Suspense, untrack } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { type ReadRefusal, readRefusal } from '../../../api/refusal.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { createFormErrors } from '../../../ui/form-errors.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useMe } from '../../../ui/shell/me.ts';
import { TextInput } from '../../../ui/text-input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { UnsavedChanges } from '../../../ui/unsaved-changes.tsx';
import { focusFormField } from '../settings-form/focus-form-field.ts';
import { formPathOf, inputAt } from '../settings-form/form-path.ts';
import { type MonitorFormOutput, monitorFormSchema } from '../settings-form/monitor-form-schema.ts';
import { changedSettings, monitorFormValues } from '../settings-form/monitor-form-values.ts';
import { SettingsFields } from '../settings-form/settings-fields.tsx';
import { SettingsSection } from '../settings-form/settings-section.tsx';
import { TryButton } from '../try-monitor/try-button.tsx';
import { useTryMonitor } from '../try-monitor/use-try-monitor.ts';

const TryPanel = lazy(() => import('../try-monitor/try-panel.tsx'));

/** Everything that can be set, name and address included. What is typed stays, whatever is answered. */
export default function SettingsForm(props: { monitor: Monitor; onClose: () => void }) {
  const me = useMe();
  const form = createForm({
    schema: monitorFormSchema,
    initialInput: untrack(() => monitorFormValues(props.monitor)),
    validate: 'input',
    revalidate: 'input',
  });
  const errors = createFormErrors(form);
  const [problem, setProblem] = createSignal<string | null>(null);
  let formElement: HTMLFormElement | undefined;
  let nameInput: HTMLInputElement | undefined;
  onMount(() => {
    formElement = nameInput?.form ?? undefined;
    nameInput?.focus();
  });

  // A colleague saved other settings: shown at once where nothing is typed yet, else the typed ones stay.
  createEffect(
    on(
      () => props.monitor.updatedAt,
      () => {
        if (!form.isDirty) reset(form, { initialInput: monitorFormValues(props.monitor) });
      },
      { defer: true },
    ),
  );

  const save = async (output: MonitorFormOutput) => {
    setProblem(null);
    errors.clear();
    const changed = changedSettings(props.monitor, output);
    if (Object.keys(changed).length === 0) {
      props.onClose();
      return;
    }
    try {
      const monitor = await client.monitors.update.mutate({ monitorId: props.monitor.id, ...changed });
      queries.monitors.get.setData({ monitorId: monitor.id }, monitor);
      void queries.monitors.list.invalidate();
      void queries.monitors.summary.invalidate();
      props.onClose();
      toast({ sentence: 'The settings are saved.' });
    } catch (error) {
      showRefusal(readRefusal(error));
    }
  };

  const showRefusal = (refusal: ReadRefusal) => {
    const input = getInput(form) as ReturnType<typeof monitorFormValues>; // every field has a value from the start
    const fields = Object.fromEntries(
      Object.entries(fieldsOf(refusal)).map(([path, sentence]) => [formPathOf(path, input), sentence]),
    );
    errors.refuse(fields, (path) => inputAt(input, path));
    setProblem(refusal.sentence);
    const [first] = Object.keys(fields);
    if (first !== undefined) focusFormField(formElement, first);
  };

  const trial = useTryMonitor({
    form,
    errors,
    monitorId: untrack(() => props.monitor.id),
    onWrong: (path) => focusFormField(formElement, path),
  });

  return (
    <Form
      of={form}
      onSubmit={save}
      // A field that gets the focus stands clear of the bar above and the actions below.
      class="@container [&_:is(input,select,textarea)]:scroll-my-32"
    >
      <SettingsSection title="What is watched" sentence="A name for people, and the address.">
        <FormField of={form} path={['name']}>
          {(field) => (
            <Field label="Name" error={errors.at('name', field)}>
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  ref={(element) => {
                    field.props.ref(element);
                    nameInput = element;
                  }}
                  value={field.input ?? ''}
                  autocomplete="off"
                />
              )}
            </Field>
          )}
        </FormField>
        <FormField of={form} path={['target']}>
          {(field) => (
            <Field label="Address" error={errors.at('target', field)}>
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  value={field.input ?? ''}
                  type="url"
                  inputmode="url"
                  autocomplete="off"
                  spellcheck={false}
                  mono
                />
              )}
            </Field>
          )}
        </FormField>
      </SettingsSection>
      <div class="border-t border-line pt-6">
        <SettingsFields
          form={form}
          errors={errors}
          stored={props.monitor.http}
          plan={me().tenant?.plan ?? 'free'}
        />
      </div>
      <Show when={trial.shown()}>
        <div class="mt-6">
          <Suspense>
            <TryPanel trial={trial} />
          </Suspense>
        </div>
      </Show>
      <UnsavedChanges unsaved={form.isDirty && !form.isSubmitting} />
      <div class="sticky bottom-0 -mx-4 max-md:bottom-14 mt-6 -mb-4 flex flex-col gap-3 rounded-b-8 border-t border-line bg-surface px-4 py-3">
        <Show when={problem()}>{(sentence) => <Notice tone="problem">{sentence()}</Notice>}</Show>
        <div class="flex flex-wrap items-center justify-end gap-2">
          <span class="mr-auto">
            <TryButton trial={trial} />
          </span>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.isSubmitting}>
            Save settings
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** At which fields of the API a refusal is to be said: some reasons name theirs without saying so. */
function fieldsOf(refusal: ReadRefusal): Record<string, string> {
  switch (refusal.reason) {
    case 'target_not_allowed':
    case 'duplicate_target':
      return { target: refusal.sentence };
    case 'plan_limit_reached':
      return refusal.limitOf === 'regions'
        ? { regions: refusal.sentence }
        : refusal.limitOf === 'interval'
          ? { intervalSeconds: refusal.sentence }
          : {};
    default:
      return refusal.fields;
  }
}

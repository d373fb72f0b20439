import { Field as FormField } from '@formisch/solid';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createUniqueId, lazy, onMount, Show, Suspense, untrack } from 'solid-js';
import type { PlanName } from '../../../../../shared/billing/plans.ts';
import { httpTargetFromTyped, parseHttpTarget } from '../../../../../shared/checks/http-target.ts';
import { Button } from '../../../ui/button.tsx';
import { DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { SettingsFields } from '../settings-form/settings-fields.tsx';
import { TryButton } from '../try-monitor/try-button.tsx';
import { useTryMonitor } from '../try-monitor/use-try-monitor.ts';
import type { AddMonitor } from './use-add-monitor.ts';

const TryPanel = lazy(() => import('../try-monitor/try-panel.tsx'));

/** One field that is enough, and the rest for those who want it. */
export function AddMonitorForm(props: { adding: AddMonitor; plan: PlanName }) {
  const moreId = createUniqueId();
  const adding = () => props.adding;
  const trial = useTryMonitor({
    form: untrack(() => adding().form),
    errors: untrack(() => adding().errors),
    onWrong: (path) => adding().showField(path),
  });
  onMount(() => {
    // Asked for ahead; when the answer stays away, sending the form says so.
    void adding()
      .chooseRegions()
      .catch(() => undefined);
  });

  return (
    <form
      ref={(element) => adding().setElement(element)}
      novalidate
      class="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => void adding().submit(event)}
    >
      <DialogBody class="flex flex-col gap-4">
        <FormField of={adding().form} path={['target']}>
          {(field) => (
            <Field
              label="Address"
              hint={<Reading target={field.input ?? ''} intervalSeconds={adding().input().intervalSeconds} />}
              error={adding().errors.at('target', field)}
            >
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  data-first
                  onInput={(event) => {
                    field.props.onInput(event);
                    adding().typeTarget();
                  }}
                  name="target"
                  value={field.input ?? ''}
                  size="large"
                  mono
                  inputmode="url"
                  placeholder="https://example.com"
                  autocomplete="off"
                  autocapitalize="none"
                  spellcheck={false}
                />
              )}
            </Field>
          )}
        </FormField>
        <Show when={adding().problem()}>{(sentence) => <Notice tone="problem">{sentence()}</Notice>}</Show>
        <Show when={adding().more()}>
          <div id={moreId} class="flex flex-col gap-4">
            <FormField of={adding().form} path={['name']}>
              {(field) => (
                <Field label="Name" error={adding().errors.at('name', field)}>
                  {(control) => (
                    <TextInput
                      {...field.props}
                      {...control}
                      onInput={(event) => {
                        field.props.onInput(event);
                        adding().typeName();
                      }}
                      name="name"
                      value={field.input ?? ''}
                      autocomplete="off"
                    />
                  )}
                </Field>
              )}
            </FormField>
            <div class="border-t border-line pt-1">
              <SettingsFields form={adding().form} errors={adding().errors} plan={props.plan} folded />
            </div>
          </div>
        </Show>
        <Show when={trial.shown()}>
          <Suspense>
            <TryPanel trial={trial} />
          </Suspense>
        </Show>
      </DialogBody>
      <DialogFooter
        start={
          <Button
            variant="ghost"
            class="-ml-3"
            aria-expanded={adding().more()}
            aria-controls={adding().more() ? moreId : undefined}
            onClick={() => adding().setMore((shown) => !shown)}
          >
            <ChevronDown
              class="size-4 transition-transform"
              classList={{ 'rotate-180': adding().more() }}
              aria-hidden="true"
            />
            {adding().more() ? 'Fewer' : 'More'}
            {/* On a phone there is room for one word beside the actions. */}
            <span class="max-sm:sr-only">{' settings'}</span>
          </Button>
        }
      >
        <TryButton trial={trial} />
        <Button type="submit" variant="primary" busy={adding().form.isSubmitting}>
          Add monitor
        </Button>
      </DialogFooter>
    </form>
  );
}

/** How what was typed is read, so that nobody wonders: "GET https://example.com/, every 60 s". */
function Reading(props: { target: string; intervalSeconds: string }) {
  const parsed = () => parseHttpTarget(httpTargetFromTyped(props.target));
  const url = () => {
    const reading = parsed();
    return props.target.trim() !== '' && reading.ok ? reading.target : null;
  };
  return (
    <Show when={url()} fallback="Paste a URL and press Enter. Everything else has a sensible default.">
      {(address) => (
        <>
          Checks <span class="mono break-all text-muted">{address()}</span> every {props.intervalSeconds} s.
        </>
      )}
    </Show>
  );
}

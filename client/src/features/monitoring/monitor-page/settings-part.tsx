import { createEffect, lazy, on, Show, Suspense } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { Button } from '../../../ui/button.tsx';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';
import { PageSection } from './page-section.tsx';
import { SettingsSummary } from './settings-summary.tsx';

const SettingsForm = lazy(() => import('./settings-form.tsx'));

/** The settings in words; "Edit settings" puts the form in their place. */
export function SettingsPart(props: {
  monitor: Monitor;
  mayChange: boolean;
  editing: boolean;
  onEditing: (editing: boolean) => void;
}) {
  let editButton: HTMLButtonElement | undefined;
  // Who leaves the form goes on from where he opened it.
  createEffect(
    on(
      () => props.editing,
      (editing) => !editing && editButton?.focus(),
      { defer: true },
    ),
  );
  return (
    <PageSection
      title="Settings"
      id="settings"
      aside={
        <Show when={props.mayChange && !props.editing}>
          <Button
            ref={(element) => {
              editButton = element;
            }}
            size="small"
            onClick={() => props.onEditing(true)}
          >
            Edit settings
          </Button>
        </Show>
      }
    >
      <Show when={props.editing} fallback={<SettingsSummary monitor={props.monitor} />}>
        <Suspense
          fallback={
            <Loading label="Loading the settings">
              <Skeleton class="h-[40rem] w-full" />
            </Loading>
          }
        >
          <SettingsForm monitor={props.monitor} onClose={() => props.onEditing(false)} />
        </Suspense>
      </Show>
    </PageSection>
  );
}

import { Field as FormField } from '@formisch/solid';
import { createMemo, For, Show } from 'solid-js';
import { PLANS, type PlanName } from '../../../../../shared/billing/plans.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';
import { WayToPro } from '../../billing/way-to-pro.tsx';
import type { MonitorForm } from './monitor-form.ts';

/** From where a monitor is checked: as many regions as the plan has. With one, choosing another takes its place. */
export function RegionChoice(props: MonitorForm & { plan: PlanName }) {
  const regions = useQuery(() => queries.regions.list.queryOptions());
  const limit = () => PLANS[props.plan].regions;
  return (
    <FormField of={props.form} path={['regions']}>
      {(field) => {
        const chosen = () => field.input ?? [];
        // A region whose probers are gone stays in the list for as long as the monitor names it.
        const names = createMemo(() => [
          ...new Set([...(regions.data?.regions ?? []).map(({ name }) => name), ...chosen()]),
        ]);
        const choose = (name: string, on: boolean) => {
          if (limit() === 1) field.onInput([name]);
          else field.onInput(on ? [...chosen(), name] : chosen().filter((each) => each !== name));
        };
        return (
          <fieldset class="min-w-0">
            <legend class="mb-1.5 text-13 font-medium">Regions</legend>
            <div class="flex flex-wrap gap-2">
              <For each={names()}>
                {(name) => (
                  <label class="inline-flex h-8 cursor-pointer items-center gap-2 rounded-6 border border-line-field px-2.5 text-13 has-checked:border-accent has-checked:bg-accent-soft pointer-coarse:h-11">
                    <input
                      type={limit() === 1 ? 'radio' : 'checkbox'}
                      name="region"
                      class="size-4 accent-accent"
                      checked={chosen().includes(name)}
                      onChange={(event) => choose(name, event.currentTarget.checked)}
                    />
                    <span class="mono">{name}</span>
                  </label>
                )}
              </For>
            </div>
            <div aria-live="polite">
              <Show when={props.errors.at('regions', field)}>
                {(sentence) => <p class="mt-1.5 text-13 text-down-text">{sentence()}</p>}
              </Show>
            </div>
            <Show when={limit() === 1 && names().length > 1}>
              <p class="mt-1.5 text-13 text-faint">
                The {PLANS[props.plan].title} plan checks from one region at a time. <WayToPro newTab />
              </p>
            </Show>
          </fieldset>
        );
      }}
    </FormField>
  );
}

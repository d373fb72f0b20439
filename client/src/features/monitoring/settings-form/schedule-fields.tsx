import { Field as FormField } from '@formisch/solid';
import { PLANS, type PlanName } from '../../../../../shared/billing/plans.ts';
import { Field } from '../../../ui/field.tsx';
import { WayToPro } from '../../billing/way-to-pro.tsx';
import { intervalOptions } from './interval-options.ts';
import type { MonitorForm } from './monitor-form.ts';
import { QuantityInput } from './quantity-input.tsx';
import { RegionChoice } from './region-choice.tsx';
import { SelectInput } from './select-input.tsx';
import { FieldRow } from './settings-section.tsx';

/** How often, from where, and how long an answer may take. */
export function ScheduleFields(props: MonitorForm & { plan: PlanName }) {
  return (
    <>
      <FieldRow>
        <FormField of={props.form} path={['intervalSeconds']}>
          {(field) => (
            <Field
              label="Interval"
              hint={props.plan === 'free' ? <FastestOfFree /> : undefined}
              error={props.errors.at('intervalSeconds', field)}
            >
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
      <RegionChoice {...props} />
    </>
  );
}

function FastestOfFree() {
  return (
    <>
      The {PLANS.free.title} plan checks every {PLANS.free.minimumIntervalSeconds} seconds at most.{' '}
      <WayToPro newTab />
    </>
  );
}

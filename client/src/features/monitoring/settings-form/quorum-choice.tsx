import { Field as FormField } from '@formisch/solid';
import { Field } from '../../../ui/field.tsx';
import type { MonitorForm } from './monitor-form.ts';
import { SelectInput, type SelectOption } from './select-input.tsx';

/** How many of the chosen regions must agree before the monitor turns. */
export function QuorumChoice(props: MonitorForm & { regions: number }) {
  return (
    <FormField of={props.form} path={['quorum']}>
      {(field) => (
        <Field label="Regions that must agree" error={props.errors.at('quorum', field)}>
          {(control) => (
            <SelectInput
              {...field.props}
              {...control}
              value={field.input ?? ''}
              options={quorumOptions(props.regions, field.input ?? '')}
            />
          )}
        </Field>
      )}
    </FormField>
  );
}

/** One that asks for more regions than are chosen now stays in the list: a region that is chosen again finds it so. */
function quorumOptions(regions: number, chosen: string): SelectOption[] {
  const counts = Array.from({ length: regions }, (_none, index) => index + 1);
  if (chosen !== '' && Number(chosen) > regions) counts.push(Number(chosen));
  return [
    { value: '', label: 'More than half' },
    ...counts.map((count) => ({
      value: String(count),
      label:
        count === regions ? `All ${count}` : count > regions ? `${count}, or all` : `${count} of ${regions}`,
    })),
  ];
}

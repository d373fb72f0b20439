import { Field as FormField, type FormStore } from '@formisch/solid';
import type * as v from 'valibot';
import type { createFormErrors } from '../../ui/form-errors.ts';
import type { ControlSize } from '../../ui/text-input.tsx';
import { NewPasswordAgainField, NewPasswordField } from './new-password-fields.tsx';

type PairSchema = v.GenericSchema<{ password: string; passwordConfirmation: string }>;

/** A password to be, typed twice. Its rules are ticked off while it is typed: what is missing is said once it was sent. */
export function NewPasswordPair(props: {
  form: FormStore<PairSchema>;
  errorAt: ReturnType<typeof createFormErrors>['at'];
  size?: ControlSize;
  labels?: { first: string; again: string };
}) {
  return (
    <>
      <FormField of={props.form} path={['password']}>
        {(field) => (
          <NewPasswordField
            field={field}
            error={props.form.isSubmitted ? props.errorAt('password', field) : null}
            label={props.labels?.first}
            size={props.size}
          />
        )}
      </FormField>
      <FormField of={props.form} path={['passwordConfirmation']}>
        {(field) => (
          <NewPasswordAgainField
            field={field}
            error={props.errorAt('passwordConfirmation', field)}
            label={props.labels?.again}
            size={props.size}
          />
        )}
      </FormField>
    </>
  );
}

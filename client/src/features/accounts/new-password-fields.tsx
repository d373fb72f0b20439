import type { FieldElementProps } from '@formisch/solid';
import { createUniqueId } from 'solid-js';
import { Field } from '../../ui/field.tsx';
import type { ControlSize } from '../../ui/text-input.tsx';
import { PasswordChecklist } from './password-checklist.tsx';
import { PasswordInput } from './password-input.tsx';

type PasswordFieldProps = {
  field: { readonly props: FieldElementProps; readonly input: string | undefined };
  error: string | null;
  size?: ControlSize;
};

/** A password to be: its rules are ticked off under it while it is typed. */
export function NewPasswordField(props: PasswordFieldProps) {
  const rulesId = createUniqueId();
  return (
    <div>
      <Field label="New password" error={props.error}>
        {(control) => (
          <PasswordInput
            {...props.field.props}
            {...control}
            aria-describedby={[control['aria-describedby'], rulesId].filter(Boolean).join(' ')}
            name="password"
            value={props.field.input ?? ''}
            size={props.size ?? 'large'}
            autocomplete="new-password"
          />
        )}
      </Field>
      <PasswordChecklist id={rulesId} password={props.field.input ?? ''} />
    </div>
  );
}

/** The same password once more, against slips of the finger. */
export function NewPasswordAgainField(props: PasswordFieldProps) {
  return (
    <Field label="New password again" error={props.error}>
      {(control) => (
        <PasswordInput
          {...props.field.props}
          {...control}
          name="passwordConfirmation"
          value={props.field.input ?? ''}
          size={props.size ?? 'large'}
          autocomplete="new-password"
        />
      )}
    </Field>
  );
}

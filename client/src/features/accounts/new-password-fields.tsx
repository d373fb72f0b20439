import { createUniqueId } from 'solid-js';
import { Field } from '../../ui/field.tsx';
import { type AccountFieldProps, refOf } from './account-field.ts';
import { PasswordChecklist } from './password-checklist.tsx';
import { PasswordInput } from './password-input.tsx';

/** A password to be: its rules are ticked off under it while it is typed. */
export function NewPasswordField(props: AccountFieldProps) {
  const rulesId = createUniqueId();
  return (
    <div>
      <Field label={props.label ?? 'New password'} error={props.error}>
        {(control) => (
          <PasswordInput
            {...props.field.props}
            {...control}
            ref={refOf(props)}
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
export function NewPasswordAgainField(props: AccountFieldProps) {
  return (
    <Field label={props.label ?? 'New password again'} error={props.error}>
      {(control) => (
        <PasswordInput
          {...props.field.props}
          {...control}
          ref={refOf(props)}
          name="passwordConfirmation"
          value={props.field.input ?? ''}
          size={props.size ?? 'large'}
          autocomplete="new-password"
        />
      )}
    </Field>
  );
}

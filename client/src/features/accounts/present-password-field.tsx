import { Field } from '../../ui/field.tsx';
import { type AccountFieldProps, refOf } from './account-field.ts';
import { PasswordInput } from './password-input.tsx';

/** The password a person has: to sign in, or to prove that it is they who change something. */
export function PresentPasswordField(props: AccountFieldProps & { name: 'password' | 'currentPassword' }) {
  return (
    <Field label={props.label ?? 'Current password'} error={props.error}>
      {(control) => (
        <PasswordInput
          {...props.field.props}
          {...control}
          ref={refOf(props)}
          name={props.name}
          value={props.field.input ?? ''}
          size={props.size ?? 'large'}
          autocomplete="current-password"
        />
      )}
    </Field>
  );
}

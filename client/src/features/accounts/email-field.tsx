import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { type AccountFieldProps, refOf } from './account-field.ts';

/** An email address: the one a person signs in with, unless it is a new one that nobody's password belongs to yet. */
export function EmailField(props: AccountFieldProps & { placeholder?: string; isNew?: boolean }) {
  return (
    <Field label={props.label ?? 'Email'} error={props.error}>
      {(control) => (
        <TextInput
          {...props.field.props}
          {...control}
          ref={refOf(props)}
          name="email"
          value={props.field.input ?? ''}
          size={props.size ?? 'large'}
          type="email"
          inputmode="email"
          autocomplete={props.isNew ? 'email' : 'username'}
          autocapitalize="none"
          spellcheck={false}
          placeholder={props.placeholder}
        />
      )}
    </Field>
  );
}

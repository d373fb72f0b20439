import type { AccountFieldProps } from './account-field.ts';
import { LineField } from './line-field.tsx';

/** An email address: the one a person signs in with, unless it is a new one that nobody's password belongs to yet. */
export function EmailField(props: AccountFieldProps & { placeholder?: string; isNew?: boolean }) {
  return (
    <LineField
      field={props.field}
      error={props.error}
      label={props.label ?? 'Email'}
      size={props.size}
      control={props.control}
      name="email"
      type="email"
      inputmode="email"
      autocomplete={props.isNew ? 'email' : 'username'}
      autocapitalize="none"
      spellcheck={false}
      placeholder={props.placeholder}
    />
  );
}

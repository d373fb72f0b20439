import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';

/** The invited address: it can be read and copied, and a password manager keeps the password under it. */
export function InvitationAddressField(props: { email: string }) {
  return (
    <Field label="Email">
      {(control) => (
        <TextInput
          {...control}
          name="email"
          type="email"
          value={props.email}
          readonly
          size="large"
          class="bg-sunken! text-muted!"
          autocomplete="username"
        />
      )}
    </Field>
  );
}

import { createForm, Form, Field as FormField, getInput } from '@formisch/solid';
import { Button } from '../../ui/button.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { LineField } from '../accounts/line-field.tsx';
import { NewPasswordPair } from '../accounts/new-password-pair.tsx';
import { createSending } from '../accounts/sending.ts';
import { invitationAccountSchema } from './invitation-account-schema.ts';
import { InvitationAddressField } from './invitation-address-field.tsx';
import type { InvitationFormProps } from './invitation-visit.ts';

/** For who has no account with the invited address: it is made here, and joins. */
export function InvitationAccountForm(props: InvitationFormProps) {
  const form = createForm({
    schema: invitationAccountSchema,
    initialInput: { name: '', password: '', passwordConfirmation: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (path) => getInput(form)[path as 'name' | 'password']);
  let first: HTMLInputElement | undefined;
  focusFirst(() => first);
  return (
    <Form
      of={form}
      class="flex flex-col gap-5"
      onSubmit={({ name, password }, event) =>
        sending.send(event, () => props.onJoin({ name, password }), props.onRefused)
      }
    >
      <InvitationAddressField email={props.email} />
      <FormField of={form} path={['name']}>
        {(field) => (
          <LineField
            field={field}
            error={sending.errorAt('name', field)}
            label="Your name"
            name="name"
            autocomplete="name"
            control={(element) => {
              first = element;
            }}
          />
        )}
      </FormField>
      <NewPasswordPair
        form={form}
        errorAt={sending.errorAt}
        labels={{ first: 'Password', again: 'Password again' }}
      />
      <RefusalNotice refusal={sending.refused()} />
      <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
        Create account and join
      </Button>
    </Form>
  );
}

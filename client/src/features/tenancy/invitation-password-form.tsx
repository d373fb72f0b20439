import { createForm, Form, Field as FormField, getInput } from '@formisch/solid';
import { Button } from '../../ui/button.tsx';
import { TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { PresentPasswordField } from '../accounts/present-password-field.tsx';
import { createSending } from '../accounts/sending.ts';
import { invitationPasswordSchema } from './invitation-account-schema.ts';
import { InvitationAddressField } from './invitation-address-field.tsx';
import type { InvitationFormProps } from './invitation-visit.ts';

/** For who has an account with the invited address, and is not signed in here. */
export function InvitationPasswordForm(props: InvitationFormProps) {
  const form = createForm({
    schema: invitationPasswordSchema,
    initialInput: { password: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, () => getInput(form).password);
  let password: HTMLInputElement | undefined;
  focusFirst(() => password);
  return (
    <Form
      of={form}
      class="flex flex-col gap-5"
      onSubmit={(input, event) =>
        sending.send(
          event,
          () => props.onJoin(input),
          async (refusal) => {
            if (await props.onRefused(refusal)) return true;
            // What is wrong stands selected: typing replaces it.
            if (refusal.reason === 'invalid_credentials') password?.select();
            return false;
          },
        )
      }
    >
      <InvitationAddressField email={props.email} />
      <FormField of={form} path={['password']}>
        {(field) => (
          <PresentPasswordField
            field={field}
            error={sending.errorAt('password', field)}
            label="Password"
            name="password"
            control={(element) => {
              password = element;
            }}
          />
        )}
      </FormField>
      <RefusalNotice refusal={sending.refused()} />
      <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
        Sign in and join
      </Button>
      <p class="text-center text-14 text-muted text-pretty">
        <TextLink href="/forgot-password" state={{ email: props.email }}>
          Forgot your password?
        </TextLink>{' '}
        Choose a new one, then open the invitation again.
      </p>
    </Form>
  );
}

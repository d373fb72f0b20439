import { createForm, Form, Field as FormField, getInput } from '@formisch/solid';
import { createSignal, onMount, Show } from 'solid-js';
import { requestEmailChangeInput } from '../../../../../shared/accounts/account-input.ts';
import { client } from '../../../api/client.ts';
import { personChanged } from '../../../api/person-changed.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useMe } from '../../../ui/shell/me.ts';
import { EmailField } from '../../accounts/email-field.tsx';
import { PresentPasswordField } from '../../accounts/present-password-field.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SettingsCard } from '../settings-card.tsx';
import { KnownUsername } from './known-username.tsx';

/** The address a person signs in with, the one they asked to change it to, and the way to another one. */
export function EmailCard() {
  const me = useMe();
  const [isOpen, setOpen] = createSignal(false);
  let opener: HTMLButtonElement | undefined;
  const close = () => {
    setOpen(false);
    opener?.focus();
  };
  return (
    <SettingsCard
      title="Email"
      sentence="You sign in with it, and mails go there. A new one counts once you have opened the link in a mail to it."
    >
      <p class="flex flex-wrap items-center gap-x-2 gap-y-1 text-14">
        <span class="min-w-0 font-medium break-all">{me().user.email}</span>
        <Badge>{me().user.emailVerified ? 'Verified' : 'Not verified yet'}</Badge>
      </p>
      <Show when={me().user.pendingEmail}>
        {(email) => (
          <p class="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-14">
            <span class="min-w-0 break-all text-muted">{email()}</span>
            <Badge>Not confirmed yet</Badge>
            <span class="basis-full text-13 text-muted text-pretty">
              Open the link in the mail to it. It works for a day; until then you sign in as before.
            </span>
          </p>
        )}
      </Show>
      <Show
        when={isOpen()}
        fallback={
          <Button ref={opener} class="mt-4" onClick={() => setOpen(true)}>
            Change email
          </Button>
        }
      >
        <EmailForm onClose={close} />
      </Show>
    </SettingsCard>
  );
}

function EmailForm(props: { onClose: () => void }) {
  const me = useMe();
  const form = createForm({
    schema: requestEmailChangeInput,
    initialInput: { email: '', currentPassword: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (name) => getInput(form)[name as 'email' | 'currentPassword']);
  let first: HTMLInputElement | undefined;
  onMount(() => first?.focus());
  return (
    <Form
      of={form}
      class="mt-4 flex flex-col gap-4 border-t border-line pt-4"
      onSubmit={(input, event) =>
        sending.send(event, async () => {
          await client.auth.requestEmailChange.mutate(input);
          await personChanged();
          props.onClose();
        })
      }
    >
      <KnownUsername email={me().user.email} />
      <FormField of={form} path={['email']}>
        {(field) => (
          <EmailField
            field={field}
            error={sending.errorAt('email', field)}
            label="New email"
            size="medium"
            isNew
            control={(element) => {
              first = element;
            }}
          />
        )}
      </FormField>
      <FormField of={form} path={['currentPassword']}>
        {(field) => (
          <PresentPasswordField
            field={field}
            error={sending.errorAt('currentPassword', field)}
            name="currentPassword"
            size="medium"
          />
        )}
      </FormField>
      <RefusalNotice refusal={sending.refused()} />
      <div class="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={form.isSubmitting}>
          Send the link
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </Form>
  );
}

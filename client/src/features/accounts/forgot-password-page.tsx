import { createForm, Form, Field as FormField, getInput } from '@formisch/solid';
import { useLocation } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { requestPasswordResetInput } from '../../../../shared/accounts/account-input.ts';
import { client } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { EmailField } from './email-field.tsx';
import { createSending } from './sending.ts';

/** What the login page hands over: what was typed there. */
export type ArrivalFromLogin = { email: string };

/** The way back in for who lost the password: a mail with a link. Says the same of every address. */
export default function ForgotPasswordPage() {
  usePageTitle(() => 'Forgotten password');
  const arrival = useLocation<ArrivalFromLogin>().state;
  const [typed, setTyped] = createSignal(arrival?.email ?? '');
  const [sentTo, setSentTo] = createSignal<string | null>(null);
  return (
    <EntranceLayout
      title={sentTo() === null ? 'Forgot your password?' : 'Look into your inbox'}
      sentence={
        sentTo() === null
          ? 'Enter the email you sign in with. You get a link to choose a new password.'
          : 'The link in the mail works for an hour, and once.'
      }
      footer={
        <>
          Remembered it?{' '}
          <TextLink href="/login" state={{ email: typed() }}>
            Sign in
          </TextLink>
        </>
      }
    >
      <Show
        when={sentTo()}
        fallback={
          <AddressForm
            email={typed()}
            onSent={(email) => {
              setTyped(email);
              setSentTo(email);
            }}
          />
        }
      >
        {(email) => <OnItsWay email={email()} onAnother={() => setSentTo(null)} />}
      </Show>
    </EntranceLayout>
  );
}

function AddressForm(props: { email: string; onSent: (email: string) => void }) {
  const form = createForm({
    schema: requestPasswordResetInput,
    initialInput: { email: props.email },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (name) => getInput(form)[name as 'email']);
  let field: HTMLInputElement | undefined;
  // An address that is there already is likelier wrong than right once somebody comes back to it.
  onMount(() => field?.select());
  return (
    <Form
      of={form}
      class="flex flex-col gap-5"
      onSubmit={(input, event) =>
        sending.send(event, async () => {
          await client.auth.requestPasswordReset.mutate(input);
          props.onSent(input.email);
        })
      }
    >
      <FormField of={form} path={['email']}>
        {(email) => (
          <EmailField
            field={email}
            error={sending.errorAt('email', email)}
            control={(element) => {
              field = element;
            }}
          />
        )}
      </FormField>
      <RefusalNotice refusal={sending.refused()} />
      <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
        Send the link
      </Button>
    </Form>
  );
}

function OnItsWay(props: { email: string; onAnother: () => void }) {
  let told: HTMLDivElement | undefined;
  // What was typed into is gone; who cannot see that is told what came of it.
  onMount(() => told?.focus());
  return (
    <div ref={told} tabindex="-1" class="flex flex-col gap-5 outline-none">
      <Notice tone="success">
        If there is an account for <strong class="font-semibold">{props.email}</strong>, a mail is on its way.
      </Notice>
      <div class="text-14 text-muted">
        <h2 class="font-medium text-text">Nothing comes within a few minutes?</h2>
        <ul class="mt-1.5 flex list-disc flex-col gap-1 pl-5 text-pretty">
          <li>Look into the folder for junk mail.</li>
          <li>See whether the address is spelled as you meant it.</li>
          <li>You may have registered with another address.</li>
        </ul>
      </div>
      <Button size="large" onClick={props.onAnother}>
        Try another address
      </Button>
    </div>
  );
}

import { createForm, Form, getInput } from '@formisch/solid';
import { useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { resetPasswordInput } from '../../../../shared/accounts/account-input.ts';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { hintSignedIn } from '../../api/session-hint.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { useLinkToken } from './link-token.ts';
import type { ArrivalWithNewPassword } from './login-page.tsx';
import { NewPasswordPair } from './new-password-pair.tsx';
import { createSending } from './sending.ts';
import { WayOn } from './way-on.tsx';

/** Where the mail for a lost password leads: a new one is chosen, and with it every session ends. */
export default function ResetPasswordPage() {
  usePageTitle(() => 'New password');
  const token = useLinkToken();
  /** The token that the server did not take any more; another link in the same tab is tried anew. */
  const [spent, setSpent] = createSignal<string | null>(null);
  const usable = () => (token() === spent() ? null : token());
  return (
    <EntranceLayout
      title={usable() === null ? 'This link does not work any more' : 'Choose a new password'}
      sentence={
        usable() !== null
          ? 'You are signed out everywhere once it is changed, and sign in with the new one.'
          : token() === null
            ? 'It was cut short, or opened without what it carries. Open it again from the mail, or ask for another one.'
            : 'It was used already, or is older than an hour. Ask for another one.'
      }
      footer={
        <>
          Remembered it? <TextLink href="/login">Sign in</TextLink>
        </>
      }
    >
      <Show when={usable()} keyed fallback={<WayOn href="/forgot-password">Send another link</WayOn>}>
        {(known) => <NewPasswordForm token={known} onExpired={() => setSpent(known)} />}
      </Show>
    </EntranceLayout>
  );
}

function NewPasswordForm(props: { token: string; onExpired: () => void }) {
  const navigate = useNavigate();
  const form = createForm({
    schema: resetPasswordInput,
    initialInput: { token: props.token, password: '', passwordConfirmation: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (name) => getInput(form)[name as 'password']);
  let element: HTMLDivElement | undefined;
  onMount(() => element?.querySelector('input')?.focus());
  return (
    <Form
      of={form}
      onSubmit={(input, event) =>
        sending.send(
          event,
          async () => {
            await client.auth.resetPassword.mutate(input);
            queryClient.clear();
            hintSignedIn(false);
            const arrival: ArrivalWithNewPassword = { hasNewPassword: true };
            navigate('/login', { replace: true, state: arrival });
          },
          ({ reason }) => {
            if (reason === 'token_expired') props.onExpired();
            return reason === 'token_expired';
          },
        )
      }
    >
      <div ref={element} class="flex flex-col gap-5">
        <NewPasswordPair form={form} errorAt={sending.errorAt} />
        <RefusalNotice refusal={sending.refused()} />
        <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
          Change password
        </Button>
      </div>
    </Form>
  );
}

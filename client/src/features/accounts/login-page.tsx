import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { useLocation, useNavigate, useSearchParams } from '@solidjs/router';
import { createSignal, Match, Show, Switch } from 'solid-js';
import type * as v from 'valibot';
import { loginInput } from '../../../../shared/accounts/login-input.ts';
import type { TenantName } from '../../../../shared/tenancy/identity.ts';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { hintSignedIn } from '../../api/session-hint.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { createFormErrors } from '../../ui/form-errors.ts';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { EmailField } from './email-field.tsx';
import { OrganizationChooser } from './organization-chooser.tsx';
import { pathAfterLogin } from './path-after-login.ts';
import { PresentPasswordField } from './present-password-field.tsx';
import { skipLoginWhenSignedIn } from './skip-login-when-signed-in.ts';

/** What the registration hands over: who has just been made. */
export type ArrivalFromRegister = { organizationName: string; email: string };

/** What the page for a lost password hands over. */
export type ArrivalWithNewPassword = { hasNewPassword: true };

type Credentials = v.InferOutput<typeof loginInput>;

export default function LoginPage() {
  usePageTitle(() => 'Sign in');
  const arrival = useLocation<Partial<ArrivalFromRegister & ArrivalWithNewPassword>>().state;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const onward = () => pathAfterLogin(search.next);
  skipLoginWhenSignedIn(() => navigate(onward(), { replace: true }));

  const form = createForm({
    schema: loginInput,
    initialInput: { email: arrival?.email ?? '', password: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const errors = createFormErrors(form);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);
  const [choice, setChoice] = createSignal<{ credentials: Credentials; tenants: TenantName[] } | null>(null);
  let email: HTMLInputElement | undefined;
  let password: HTMLInputElement | undefined;
  focusFirst(() => (arrival?.email === undefined ? email : password));

  const signIn = async (credentials: Credentials) => {
    setRefused(null);
    errors.clear();
    try {
      const answer = await client.auth.login.mutate(credentials);
      if (answer.status === 'multiple_tenants') {
        setChoice({ credentials, tenants: answer.tenants });
        return;
      }
      // Nothing of whoever was signed in before may be seen by who is now.
      queryClient.clear();
      hintSignedIn(true);
      navigate(onward(), { replace: true });
    } catch (error) {
      const refusal = readRefusal(error);
      errors.refuse(refusal.fields, (path) => getInput(form)[path as keyof Credentials]);
      setRefused(refusal);
      if (refusal.reason === 'invalid_credentials') password?.select();
    }
  };

  const startOver = () => {
    setChoice(null);
    setRefused(null);
    reset(form, { initialInput: { email: '', password: '' } });
  };

  return (
    <EntranceLayout
      title={choice() === null ? 'Sign in' : 'Choose an organization'}
      sentence={
        choice() === null
          ? 'See what is up, what is not, and why.'
          : `${choice()?.credentials.email} belongs to more than one. You can change it later.`
      }
      footer={
        <>
          New here? <TextLink href="/register">Create an organization</TextLink>
        </>
      }
    >
      <Switch>
        <Match when={choice()}>
          {(known) => (
            <OrganizationChooser
              tenants={known().tenants}
              refused={refused()}
              onChoose={(tenantSlug) => signIn({ ...known().credentials, tenantSlug })}
              onLeave={startOver}
            />
          )}
        </Match>
        <Match when={choice() === null}>
          <Form of={form} onSubmit={signIn} class="flex flex-col gap-5">
            <Show when={arrival?.organizationName}>
              {(name) => (
                <Notice tone="success">
                  <strong class="font-semibold">{name()}</strong> is ready. Sign in to add your first monitor.
                </Notice>
              )}
            </Show>
            <Show when={search.handover === 'closed'}>
              <Notice tone="neutral">
                The way from one organization to the other works for a minute, and once. Sign in to go on.
              </Notice>
            </Show>
            <Show when={arrival?.hasNewPassword}>
              <Notice tone="success">
                Your password is changed, and you are signed out everywhere. Sign in with the new one.
              </Notice>
            </Show>
            <FormField of={form} path={['email']}>
              {(field) => (
                <EmailField
                  field={field}
                  error={errors.at('email', field)}
                  control={(element) => {
                    email = element;
                  }}
                />
              )}
            </FormField>
            <FormField of={form} path={['password']}>
              {(field) => (
                <PresentPasswordField
                  field={field}
                  error={errors.at('password', field)}
                  label="Password"
                  name="password"
                  control={(element) => {
                    password = element;
                  }}
                />
              )}
            </FormField>
            <RefusalNotice refusal={refused()} />
            <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
              Sign in
            </Button>
            <p class="text-center text-14">
              <TextLink href="/forgot-password" state={{ email: getInput(form).email ?? '' }}>
                Forgot your password?
              </TextLink>
            </p>
          </Form>
        </Match>
      </Switch>
    </EntranceLayout>
  );
}

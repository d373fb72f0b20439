import { createForm, Form, Field as FormField, focus, getInput } from '@formisch/solid';
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import type * as v from 'valibot';
import { registerInput } from '../../../../shared/tenancy/register-input.ts';
import { client } from '../../api/client.ts';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { Button } from '../../ui/button.tsx';
import { EntranceLayout, TextLink } from '../../ui/entrance/entrance-layout.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { createFormErrors } from '../../ui/form-errors.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { EmailField } from '../accounts/email-field.tsx';
import { LineField } from '../accounts/line-field.tsx';
import type { ArrivalFromRegister } from '../accounts/login-page.tsx';
import { NewPasswordPair } from '../accounts/new-password-pair.tsx';

export default function RegisterPage() {
  usePageTitle(() => 'Create an organization');
  const navigate = useNavigate();
  const form = createForm({
    schema: registerInput,
    initialInput: { organizationName: '', email: '', password: '', passwordConfirmation: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const errors = createFormErrors(form);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);

  let first: HTMLInputElement | undefined;
  focusFirst(() => first);

  const register = async (input: v.InferOutput<typeof registerInput>) => {
    setRefused(null);
    errors.clear();
    try {
      const { tenant } = await client.auth.register.mutate(input);
      const arrival: ArrivalFromRegister = { organizationName: tenant.name, email: input.email };
      navigate('/login', { state: arrival });
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal.reason === 'duplicate_organization_name') {
        errors.refuse({ organizationName: refusal.sentence }, () =>
          getInput(form, { path: ['organizationName'] }),
        );
        focus(form, { path: ['organizationName'] });
        return;
      }
      errors.refuse(refusal.fields, (path) => getInput(form)[path as keyof typeof input]);
      setRefused(refusal);
    }
  };

  return (
    <EntranceLayout
      title="Create your organization"
      sentence="Watch your endpoints from one place. The Free plan has three monitors and asks for no card."
      footer={
        <>
          Already registered? <TextLink href="/login">Sign in</TextLink>
        </>
      }
    >
      <Form of={form} onSubmit={register} class="flex flex-col gap-5">
        <FormField of={form} path={['organizationName']}>
          {(field) => (
            <LineField
              field={field}
              error={errors.at('organizationName', field)}
              label="Organization name"
              name="organizationName"
              autocomplete="organization"
              placeholder="Acme Inc"
              control={(element) => {
                first = element;
              }}
            />
          )}
        </FormField>
        <FormField of={form} path={['email']}>
          {(field) => (
            <EmailField field={field} error={errors.at('email', field)} placeholder="you@acme.com" />
          )}
        </FormField>
        <NewPasswordPair
          form={form}
          errorAt={errors.at}
          labels={{ first: 'Password', again: 'Password again' }}
        />
        <RefusalNotice refusal={refused()} />
        <Button type="submit" variant="primary" size="large" busy={form.isSubmitting}>
          Create organization
        </Button>
      </Form>
    </EntranceLayout>
  );
}

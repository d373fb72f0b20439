import { createForm, Form, Field as FormField, getInput } from '@formisch/solid';
import { createSignal, onMount, Show } from 'solid-js';
import { changePasswordInput } from '../../../../../shared/accounts/account-input.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useMe } from '../../../ui/shell/me.ts';
import { NewPasswordPair } from '../../accounts/new-password-pair.tsx';
import { PresentPasswordField } from '../../accounts/present-password-field.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SettingsCard } from '../settings-card.tsx';
import { KnownUsername } from './known-username.tsx';

type Names = 'currentPassword' | 'password' | 'passwordConfirmation';

/** The way to another password, for who knows the present one. */
export function PasswordCard() {
  const [isOpen, setOpen] = createSignal(false);
  const [isChanged, setChanged] = createSignal(false);
  let opener: HTMLButtonElement | undefined;
  const close = () => {
    setOpen(false);
    opener?.focus();
  };
  return (
    <SettingsCard
      title="Password"
      sentence="Changing it ends every session but this one, and every link that a mail has brought you."
    >
      <Show
        when={isOpen()}
        fallback={
          <div class="flex flex-col items-start gap-4">
            <Show when={isChanged()}>
              <Notice tone="success">Your password is changed. All other sessions were ended.</Notice>
            </Show>
            <Button
              ref={opener}
              onClick={() => {
                setChanged(false);
                setOpen(true);
              }}
            >
              Change password
            </Button>
          </div>
        }
      >
        <PasswordForm
          onClose={close}
          onChanged={() => {
            setChanged(true);
            close();
          }}
        />
      </Show>
    </SettingsCard>
  );
}

function PasswordForm(props: { onClose: () => void; onChanged: () => void }) {
  const me = useMe();
  const form = createForm({
    schema: changePasswordInput,
    initialInput: { currentPassword: '', password: '', passwordConfirmation: '' },
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (name) => getInput(form)[name as Names]);
  let first: HTMLInputElement | undefined;
  onMount(() => first?.focus());
  return (
    <Form
      of={form}
      class="flex flex-col gap-4"
      onSubmit={(input, event) =>
        sending.send(event, async () => {
          await client.auth.changePassword.mutate(input);
          void queries.sessions.list.invalidate();
          props.onChanged();
        })
      }
    >
      <KnownUsername email={me().user.email} />
      <FormField of={form} path={['currentPassword']}>
        {(field) => (
          <PresentPasswordField
            field={field}
            error={sending.errorAt('currentPassword', field)}
            name="currentPassword"
            size="medium"
            control={(element) => {
              first = element;
            }}
          />
        )}
      </FormField>
      <NewPasswordPair form={form} errorAt={sending.errorAt} size="medium" />
      <RefusalNotice refusal={sending.refused()} />
      <div class="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={form.isSubmitting}>
          Change password
        </Button>
        <Button onClick={() => props.onClose()}>Cancel</Button>
      </div>
    </Form>
  );
}

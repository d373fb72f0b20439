import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, on, untrack } from 'solid-js';
import { updateProfileInput } from '../../../../../shared/accounts/account-input.ts';
import { client } from '../../../api/client.ts';
import { personChanged } from '../../../api/person-changed.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useMe } from '../../../ui/shell/me.ts';
import { TextInput } from '../../../ui/text-input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SettingsCard } from '../settings-card.tsx';

/** What a person is called. */
export function NameCard() {
  const me = useMe();
  const form = createForm({
    schema: updateProfileInput,
    initialInput: untrack(() => ({ name: me().user.name })),
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, () => getInput(form).name);

  // Changed in another tab: shown here at once where nothing else is typed.
  createEffect(
    on(
      () => me().user.name,
      (name) => {
        if (!form.isDirty) reset(form, { initialInput: { name } });
      },
      { defer: true },
    ),
  );

  return (
    <SettingsCard title="Name" sentence="How the others in your organizations see you.">
      <Form
        of={form}
        class="flex flex-col items-start gap-4"
        onSubmit={(input, event) =>
          sending.send(event, async () => {
            const { name } = await client.auth.updateProfile.mutate(input);
            reset(form, { initialInput: { name } });
            toast({ sentence: 'Your name is saved.' });
            await personChanged();
          })
        }
      >
        <FormField of={form} path={['name']}>
          {(field) => (
            <Field class="w-full" label="Your name" error={sending.errorAt('name', field)}>
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  name="name"
                  value={field.input ?? ''}
                  autocomplete="name"
                />
              )}
            </Field>
          )}
        </FormField>
        <RefusalNotice refusal={sending.refused()} />
        <Button type="submit" busy={form.isSubmitting}>
          Save name
        </Button>
      </Form>
    </SettingsCard>
  );
}

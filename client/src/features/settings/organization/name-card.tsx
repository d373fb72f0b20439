import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, on, untrack } from 'solid-js';
import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { organizationNameInput } from '../../../../../shared/tenancy/tenant-input.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SettingsCard } from '../settings-card.tsx';

/** What the organization is called. */
export function NameCard(props: { tenant: NonNullable<Me['tenant']> }) {
  const form = createForm({
    schema: organizationNameInput,
    initialInput: untrack(() => ({ name: props.tenant.name })),
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, () => getInput(form).name, { duplicate_organization_name: 'name' });

  // Changed by somebody else: shown here at once where nothing else is typed.
  createEffect(
    on(
      () => props.tenant.name,
      (name) => {
        if (!form.isDirty) reset(form, { initialInput: { name } });
      },
      { defer: true },
    ),
  );

  return (
    <SettingsCard
      title="Name"
      sentence="What members, invitations and mails call it. No two organizations have the same name."
    >
      <Form
        of={form}
        class="flex flex-col items-start gap-4"
        onSubmit={(input, event) =>
          sending.send(event, async () => {
            const { tenant } = await client.tenants.update.mutate(input);
            reset(form, { initialInput: { name: tenant.name } });
            toast({ sentence: `The organization is called ${tenant.name}.` });
            await queries.auth.me.invalidate();
          })
        }
      >
        <FormField of={form} path={['name']}>
          {(field) => (
            <Field
              class="w-full"
              label="Organization name"
              hint="2 to 80 characters."
              error={sending.errorAt('name', field)}
            >
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  name="name"
                  value={field.input ?? ''}
                  autocomplete="organization"
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

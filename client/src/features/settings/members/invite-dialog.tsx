import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { inviteMemberInput } from '../../../../../shared/tenancy/member-input.ts';
import type { Role } from '../../../../../shared/tenancy/role.ts';
import { asRole, ROLE_MAY, roleTitle } from '../../../../../shared/tenancy/role-words.ts';
import { client } from '../../../api/client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { toast } from '../../../ui/toast.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SelectInput } from '../../monitoring/settings-form/select-input.tsx';
import { refreshMembers } from './member-actions.ts';
import type { ListedInvitation } from './members-query.ts';

/** Asks an address to join, with a role. What was typed is still there when the dialog is opened again. */
export default function InviteDialog(props: {
  open: boolean;
  organization: string;
  /** The roles that may be given. */
  choices: readonly Role[];
  invitations: ListedInvitation[];
  onOpenChange: (open: boolean) => void;
}) {
  const initialInput = { email: '', role: 'member' as Role };
  const form = createForm({
    schema: inviteMemberInput,
    initialInput,
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, (name) => getInput(form)[name as 'email' | 'role']);
  const former = () => {
    const email = getInput(form).email?.trim().toLowerCase();
    return props.invitations.find((invitation) => invitation.email === email);
  };
  const emailHint = () => {
    const known = former();
    return known === undefined
      ? undefined
      : `Already invited, to be ${asRole(known.role)}. A new invitation takes the place of that one, whose link then opens nothing.`;
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Invite somebody to ${props.organization}`}
      description="They get a mail with a link, which works for a day. Who has no account yet makes one there."
      size="small"
    >
      <Form
        of={form}
        class="flex min-h-0 flex-1 flex-col"
        onSubmit={(input, event) =>
          sending.send(event, async () => {
            const { email } = await client.members.invite.mutate(input);
            props.onOpenChange(false);
            reset(form, { initialInput });
            toast({ sentence: `An invitation is on its way to ${email}.` });
            await refreshMembers();
          })
        }
      >
        <DialogBody class="flex flex-col gap-4">
          <FormField of={form} path={['email']}>
            {(field) => (
              <Field label="Email" hint={emailHint()} error={sending.errorAt('email', field)}>
                {(control) => (
                  <TextInput
                    {...field.props}
                    {...control}
                    data-first
                    name="email"
                    value={field.input ?? ''}
                    type="email"
                    inputmode="email"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck={false}
                    placeholder="name@example.com"
                  />
                )}
              </Field>
            )}
          </FormField>
          <FormField of={form} path={['role']}>
            {(field) => (
              <Field
                label="Role"
                hint={`They may ${ROLE_MAY[field.input ?? 'member']}.`}
                error={sending.errorAt('role', field)}
              >
                {(control) => (
                  <SelectInput
                    {...field.props}
                    {...control}
                    value={field.input ?? 'member'}
                    options={props.choices.map((role) => ({ value: role, label: roleTitle(role) }))}
                  />
                )}
              </Field>
            )}
          </FormField>
          <RefusalNotice refusal={sending.refused()} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.isSubmitting}>
            {former() === undefined ? 'Send invitation' : 'Send a new invitation'}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

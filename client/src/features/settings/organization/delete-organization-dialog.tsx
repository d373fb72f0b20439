import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, on, Show, untrack } from 'solid-js';
import * as v from 'valibot';
import {
  isTypedName,
  REMOVAL_DAYS,
  removeTenantInput,
  typeTheName,
} from '../../../../../shared/tenancy/tenant-input.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { calendarDate } from '../../../ui/time/relative-time.ts';
import { serverNow } from '../../../ui/time/server-clock.ts';
import { createSending } from '../../accounts/sending.ts';
import { useBillingStatus } from '../../billing/billing-query.ts';

const DAY_MS = 86_400_000;

/** Asks before an organization is deleted, says what that comes to, and has its name typed, so that nobody deletes the wrong one. */
export default function DeleteOrganizationDialog(props: {
  open: boolean;
  name: string;
  onClose: () => void;
  /** Called once it was asked for, before the page hears of it. */
  onAsked: () => void;
}) {
  const lastDay = () => calendarDate(serverNow(Date.now()) + REMOVAL_DAYS * DAY_MS);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => !open && props.onClose()}
      title={`Delete ${props.name}?`}
      size="small"
    >
      <DeletionForm name={props.name} lastDay={lastDay()} onClose={props.onClose} onAsked={props.onAsked} />
    </Dialog>
  );
}

function DeletionForm(props: { name: string; lastDay: string; onClose: () => void; onAsked: () => void }) {
  const form = createForm({
    schema: v.object({
      name: v.pipe(
        removeTenantInput.entries.name,
        v.check(
          (typed) => isTypedName(typed, props.name),
          () => typeTheName(props.name),
        ),
      ),
    }),
    initialInput: { name: '' },
    validate: 'submit',
    revalidate: 'input',
  });
  const sending = createSending(form, () => getInput(form).name);
  const billing = useBillingStatus();
  // Renamed by somebody else meanwhile: what was typed is another name now.
  createEffect(
    on(
      () => props.name,
      () => reset(form, { initialInput: { name: untrack(() => getInput(form).name ?? '') } }),
      { defer: true },
    ),
  );
  return (
    <Form
      of={form}
      class="flex min-h-0 flex-col"
      onSubmit={({ name }, event) =>
        sending.send(
          event,
          async () => {
            await client.tenants.remove.mutate({ name });
            props.onAsked();
            props.onClose();
            await Promise.all([queries.auth.me.invalidate(), queries.monitors.invalidate()]);
          },
          ({ reason }) => {
            // Another owner was faster: the page says so as soon as it hears of it.
            if (reason === 'conflict') void queries.auth.me.invalidate();
            return false;
          },
        )
      }
    >
      <DialogBody class="flex flex-col gap-4">
        <ul class="flex list-disc flex-col gap-1.5 pl-4 text-14 text-muted text-pretty">
          <li>All its monitors are paused at once: nothing is checked any more.</li>
          <Show when={billing.data?.subscribed}>
            <li>
              Its subscription is cancelled at once, and no further payment is asked for. Undoing the deletion
              resumes it, as long as it has not ended by then.
            </li>
          </Show>
          <li>
            For {REMOVAL_DAYS} days everything can still be read, nothing can be changed, and any owner can
            undo it. All owners are told by mail.
          </li>
          <li>
            On {props.lastDay} it is gone for good, for everybody: monitors, their history, members, the audit
            log. People keep their accounts.
          </li>
        </ul>
        <FormField of={form} path={['name']}>
          {(field) => (
            <Field
              label={`Type ${props.name} to confirm`}
              error={form.isSubmitted ? sending.errorAt('name', field) : null}
            >
              {(control) => (
                <TextInput
                  {...field.props}
                  {...control}
                  data-first
                  name="name"
                  value={field.input ?? ''}
                  autocomplete="off"
                  autocapitalize="none"
                  spellcheck={false}
                />
              )}
            </Field>
          )}
        </FormField>
        <RefusalNotice refusal={sending.refused()} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={() => props.onClose()}>Keep it</Button>
        <Button type="submit" variant="danger" busy={form.isSubmitting}>
          Delete organization
        </Button>
      </DialogFooter>
    </Form>
  );
}

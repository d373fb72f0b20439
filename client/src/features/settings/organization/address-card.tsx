import { createForm, Form, Field as FormField, getInput, reset } from '@formisch/solid';
import { createEffect, on, Show, untrack } from 'solid-js';
import * as v from 'valibot';
import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { subdomainInput } from '../../../../../shared/tenancy/tenant-input.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { toast } from '../../../ui/toast.tsx';
import { LineField } from '../../accounts/line-field.tsx';
import { createSending } from '../../accounts/sending.ts';
import { SettingsCard } from '../settings-card.tsx';
import { AddressLink } from './address-link.tsx';
import { moveOrganization } from './move-organization.ts';
import { addressWith } from './own-address.ts';

/** The organization's own host, by its subdomain, and what a change of it breaks. */
export function AddressCard(props: { tenant: NonNullable<Me['tenant']> }) {
  const form = createForm({
    schema: subdomainInput,
    initialInput: untrack(() => ({ slug: props.tenant.slug })),
    validate: 'input',
    revalidate: 'input',
  });
  const sending = createSending(form, () => getInput(form).slug);
  const wanted = () => {
    const read = v.safeParse(subdomainInput, getInput(form));
    return read.success && read.output.slug !== props.tenant.slug ? read.output.slug : null;
  };

  // Changed by somebody else: shown here at once where nothing else is typed.
  createEffect(
    on(
      () => props.tenant.slug,
      (slug) => {
        if (!form.isDirty) reset(form, { initialInput: { slug } });
      },
      { defer: true },
    ),
  );

  return (
    <SettingsCard
      title="Address"
      sentence={
        <>
          It is found at <AddressLink url={props.tenant.url} />, whose first part is its subdomain.
        </>
      }
    >
      <Form
        of={form}
        class="flex flex-col items-start gap-4"
        onSubmit={({ slug }, event) =>
          sending.send(event, async () => {
            const address = addressWith(slug, props.tenant);
            await moveOrganization(props.tenant, slug);
            reset(form, { initialInput: { slug } });
            toast({ sentence: `The organization is found at ${address}.` });
          })
        }
      >
        <FormField of={form} path={['slug']}>
          {(field) => (
            <LineField
              field={field}
              error={sending.errorAt('slug', field)}
              label="Subdomain"
              hint="Lower-case letters, digits and hyphens, 63 at most; it begins and ends with a letter or a digit."
              size="medium"
              mono
              name="slug"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
            />
          )}
        </FormField>
        <Show when={wanted()}>
          {(slug) => <WhatBreaks tenant={props.tenant} address={addressWith(slug(), props.tenant)} />}
        </Show>
        <RefusalNotice refusal={sending.refused()} />
        <Button type="submit" busy={form.isSubmitting}>
          Save subdomain
        </Button>
      </Form>
    </SettingsCard>
  );
}

function WhatBreaks(props: { tenant: NonNullable<Me['tenant']>; address: string }) {
  const isHere = location.origin === props.tenant.url;
  return (
    <Notice tone="neutral">
      <p>
        The new address is <span class="mono text-13 break-words">{props.address}</span>. Once it is saved:
      </p>
      <ul class="mt-2 flex list-disc flex-col gap-1 pl-4 text-13 text-muted">
        <li>
          <span class="mono break-words">{props.tenant.url}</span> stops working at once. Links and bookmarks
          to it lead nowhere, and another organization may take it.
        </li>
        <li>Whoever is signed in there has to sign in again at the new address.</li>
        <li>{isHere ? 'You are led to the new address, and stay signed in.' : 'You stay signed in here.'}</li>
      </ul>
    </Notice>
  );
}

import { Match, Show, Switch } from 'solid-js';
import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { PageHeading } from '../../../ui/page-heading.tsx';
import { usePageTitle } from '../../../ui/page-title.ts';
import { mayAdminister, useMe, waitsForDeletion } from '../../../ui/shell/me.ts';
import { AddressCard } from './address-card.tsx';
import { DeletionCard } from './deletion-card.tsx';
import { NameCard } from './name-card.tsx';
import { OrganizationFacts } from './organization-facts.tsx';

/** What the organization is called, where it is found, and its end. */
export default function OrganizationPage() {
  usePageTitle(() => 'Organization');
  const me = useMe();
  return (
    <>
      <PageHeading
        title="Organization"
        sentence="What it is called and where it is found, the same for everybody in it."
      />
      <Show when={me().tenant}>
        {(tenant) => (
          <div class="mt-5 flex flex-col gap-4">
            <Switch>
              <Match when={mayAdminister(me()) && !waitsForDeletion(me())}>
                <NameCard tenant={tenant()} />
                <AddressCard tenant={tenant()} />
              </Match>
              <Match when={true}>
                <OrganizationFacts tenant={tenant()} sentence={whoMayChange(me())} />
              </Match>
            </Switch>
            <Show when={me().role === 'owner'}>
              <DeletionCard tenant={tenant()} />
            </Show>
          </div>
        )}
      </Show>
    </>
  );
}

function whoMayChange(me: Me): string {
  return waitsForDeletion(me)
    ? 'Neither can be changed while the organization waits to be deleted.'
    : 'Admins and owners can change both.';
}

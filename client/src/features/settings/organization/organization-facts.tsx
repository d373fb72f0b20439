import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { SettingsCard } from '../settings-card.tsx';
import { AddressLink } from './address-link.tsx';

/** Name and address, for who may not change them, or not now. */
export function OrganizationFacts(props: { tenant: NonNullable<Me['tenant']>; sentence: string }) {
  return (
    <SettingsCard title="Name and address" sentence={props.sentence}>
      <dl class="grid gap-x-6 gap-y-3 text-14 sm:grid-cols-[auto_minmax(0,1fr)]">
        <div class="contents max-sm:block">
          <dt class="text-muted">Name</dt>
          <dd class="min-w-0 font-medium break-words">{props.tenant.name}</dd>
        </div>
        <div class="contents max-sm:block">
          <dt class="text-muted">Address</dt>
          <dd class="min-w-0">
            <AddressLink url={props.tenant.url} />
          </dd>
        </div>
      </dl>
    </SettingsCard>
  );
}

import type { Me } from '../../../../../shared/tenancy/identity.ts';
import { organizationNameInput } from '../../../../../shared/tenancy/tenant-input.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { toast } from '../../../ui/toast.tsx';
import { NameForm } from '../name-form.tsx';
import { SettingsCard } from '../settings-card.tsx';

/** What the organization is called. */
export function NameCard(props: { tenant: NonNullable<Me['tenant']> }) {
  const save = async (name: string) => {
    const { tenant } = await client.tenants.update.mutate({ name });
    return tenant.name;
  };
  return (
    <SettingsCard
      title="Name"
      sentence="What members, invitations and mails call it. No two organizations have the same name."
    >
      <NameForm
        schema={organizationNameInput}
        name={props.tenant.name}
        label="Organization name"
        hint="2 to 80 characters."
        autocomplete="organization"
        refusedFor="duplicate_organization_name"
        save={save}
        onSaved={async (name) => {
          toast({ sentence: `The organization is called ${name}.` });
          await queries.auth.me.invalidate();
        }}
      />
    </SettingsCard>
  );
}

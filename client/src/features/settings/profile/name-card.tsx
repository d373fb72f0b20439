import { updateProfileInput } from '../../../../../shared/accounts/account-input.ts';
import { client } from '../../../api/client.ts';
import { personChanged } from '../../../api/person-changed.ts';
import { useMe } from '../../../ui/shell/me.ts';
import { toast } from '../../../ui/toast.tsx';
import { NameForm } from '../name-form.tsx';
import { SettingsCard } from '../settings-card.tsx';

/** What a person is called. */
export function NameCard() {
  const me = useMe();
  const save = async (name: string) => {
    const profile = await client.auth.updateProfile.mutate({ name });
    return profile.name;
  };
  return (
    <SettingsCard title="Name" sentence="How the others in your organizations see you.">
      <NameForm
        schema={updateProfileInput}
        name={me().user.name}
        label="Your name"
        autocomplete="name"
        save={save}
        onSaved={async () => {
          toast({ sentence: 'Your name is saved.' });
          await personChanged();
        }}
      />
    </SettingsCard>
  );
}

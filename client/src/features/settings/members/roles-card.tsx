import { For } from 'solid-js';
import { ROLES } from '../../../../../shared/tenancy/role.ts';
import { ROLE_MAY, roleTitle } from '../../../../../shared/tenancy/role-words.ts';
import { SettingsCard } from '../settings-card.tsx';

/** What each role may do. */
export function RolesCard() {
  return (
    <SettingsCard title="Roles" sentence="What each of them may do here.">
      <dl class="grid gap-x-4 gap-y-0.5 text-13 sm:grid-cols-[5rem_minmax(0,1fr)] sm:gap-y-2">
        <For each={ROLES}>
          {(role) => (
            <>
              <dt class="font-medium max-sm:not-first:mt-2">{roleTitle(role)}</dt>
              <dd class="text-muted text-pretty">May {ROLE_MAY[role]}.</dd>
            </>
          )}
        </For>
      </dl>
    </SettingsCard>
  );
}

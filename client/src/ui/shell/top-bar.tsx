import { A, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Search from 'lucide-solid/icons/search';
import { For, Show } from 'solid-js';
import { PLANS } from '../../../../shared/billing/plans.ts';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { OF_PERSON, organizationPagesOf } from '../../features/settings/settings-pages.ts';
import { switchTo } from '../../features/tenancy/switch-to.ts';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import { initialOf } from '../initial.ts';
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../menu.tsx';
import { KeyCaps } from '../shortcuts/key-caps.tsx';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { Sign } from '../wordmark.tsx';

export function TopBar(props: { me: Me; onSearch: () => void; onShortcuts: () => void }) {
  return (
    <header class="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-surface px-3 md:px-4">
      <A href="/dashboard" class="touch-target rounded-8" aria-label="StatusWatch, your monitors">
        <Sign />
      </A>
      <OrganizationMenu me={props.me} />
      <Show when={props.me.tenant?.plan === 'pro'}>
        <A href="/billing" class="touch-target rounded-4" aria-label="Pro plan, see billing">
          <Badge>{PLANS.pro.title}</Badge>
        </A>
      </Show>
      <div class="flex-1" />
      <Button
        class="hidden! w-60 justify-start! font-normal! text-faint! md:inline-flex!"
        onClick={props.onSearch}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Search class="size-4" aria-hidden="true" />
        <span class="flex-1 text-left">Search or jump to</span>
        <KeyCaps keys="mod+k" />
      </Button>
      <Button
        variant="ghost"
        square
        class="md:hidden!"
        aria-label="Search or jump to"
        onClick={props.onSearch}
      >
        <Search class="size-4" aria-hidden="true" />
      </Button>
      <ThemeSwitch />
      <AccountMenu me={props.me} onShortcuts={props.onShortcuts} />
    </header>
  );
}

/** The organization's name, and behind it what is settled for it, and the person's other organizations. */
function OrganizationMenu(props: { me: Me }) {
  const navigate = useNavigate();
  const go = (slug: string) => {
    const chosen = props.me.memberships.find(({ tenant }) => tenant.slug === slug)?.tenant;
    if (chosen !== undefined && chosen.id !== props.me.tenant?.id) switchTo(navigate, chosen);
  };
  return (
    <Menu
      trigger={(trigger) => (
        <Button {...trigger} variant="ghost" class="min-w-0 shrink! font-semibold! text-text!">
          <span class="truncate">{props.me.tenant?.name}</span>
          <ChevronDown class="size-4 shrink-0 text-faint" aria-hidden="true" />
        </Button>
      )}
    >
      <For each={organizationPagesOf(props.me)}>
        {(page) => <MenuItem onSelect={() => navigate(page.href)}>{page.label}</MenuItem>}
      </For>
      <Show when={props.me.memberships.length > 1}>
        <MenuSeparator />
        <MenuChoice
          label="Your organizations"
          value={props.me.tenant?.slug ?? ''}
          choices={props.me.memberships.map(({ tenant }) => ({ value: tenant.slug, label: tenant.name }))}
          onChange={go}
        />
      </Show>
    </Menu>
  );
}

function AccountMenu(props: { me: Me; onShortcuts: () => void }) {
  const navigate = useNavigate();
  return (
    <Menu
      placement="bottom-end"
      trigger={(trigger) => (
        <Button {...trigger} variant="ghost" square aria-label={`Account of ${props.me.user.name}`}>
          <span class="grid size-6 place-items-center rounded-full bg-inverse text-12 font-semibold text-on-inverse">
            {initialOf(props.me.user.name)}
          </span>
        </Button>
      )}
    >
      <MenuHeading>
        <span class="block truncate font-medium text-text">{props.me.user.name}</span>
        <span class="block truncate">{props.me.user.email}</span>
      </MenuHeading>
      <MenuSeparator />
      <For each={OF_PERSON}>
        {(page) => (
          <MenuItem icon={<page.icon class="size-4" />} onSelect={() => navigate(page.href)}>
            {page.label}
          </MenuItem>
        )}
      </For>
      <MenuItem icon={<Keyboard class="size-4" />} shortcut="?" onSelect={props.onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut class="size-4" />} onSelect={() => void signOut(() => navigate('/login'))}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

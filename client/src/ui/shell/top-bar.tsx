import { A, useNavigate } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Search from 'lucide-solid/icons/search';
import { Show } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { Button } from '../button.tsx';
import { Menu, MenuHeading, MenuItem, MenuSeparator } from '../menu.tsx';
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

/** The organization's name; a menu for those who belong to several. */
function OrganizationMenu(props: { me: Me }) {
  const navigate = useNavigate();
  const name = () => props.me.tenant?.name ?? '';
  const leaveFor = () => {
    void signOut(() => navigate('/login', { state: { email: props.me.user.email } }));
  };
  return (
    <Show
      when={props.me.memberships.length > 1}
      fallback={<span class="min-w-0 truncate px-2 text-14 font-semibold">{name()}</span>}
    >
      <Menu
        trigger={(trigger) => (
          <Button {...trigger} variant="ghost" class="min-w-0 shrink! font-semibold! text-text!">
            <span class="truncate">{name()}</span>
            <ChevronDown class="size-4 shrink-0 text-faint" aria-hidden="true" />
          </Button>
        )}
      >
        <MenuHeading>
          You belong to {props.me.memberships.length} organizations. Choosing another one asks for your
          password.
        </MenuHeading>
        <MenuSeparator />
        <MenuItem onSelect={leaveFor}>Use another organization</MenuItem>
      </Menu>
    </Show>
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
            {props.me.user.name.slice(0, 1).toUpperCase()}
          </span>
        </Button>
      )}
    >
      <MenuHeading>
        <span class="block truncate font-medium text-text">{props.me.user.name}</span>
        <span class="block truncate">{props.me.user.email}</span>
      </MenuHeading>
      <MenuSeparator />
      <MenuItem icon={<Keyboard class="size-4" />} shortcut="?" onSelect={props.onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut class="size-4" />} onSelect={() => void signOut(() => navigate('/login'))}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

import * as Kobalte from '@kobalte/core/dialog';
import { useNavigate } from '@solidjs/router';
import { keepPreviousData } from '@tanstack/solid-query';
import Search from 'lucide-solid/icons/search';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';
import { signOut } from '../../features/accounts/sign-out.ts';
import { setAddMonitorOpen } from '../../features/monitoring/add-monitor/add-monitor-open.ts';
import { OF_PERSON, organizationPagesOf } from '../../features/settings/settings-pages.ts';
import { switchTo } from '../../features/tenancy/switch-to.ts';
import { createFocusReturn } from '../focus-return.ts';
import { createSettledText } from '../settled-text.ts';
import { StateMark } from '../state-mark.tsx';
import { chooseTheme, currentTheme } from '../theme/theme.ts';
import { type Command, matchingCommands } from './matching-commands.ts';
import { mayChange, useMe } from './me.ts';

/** Finds monitors by name or address, and does what the app can do, by its name. */
export default function CommandPalette(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}) {
  const navigate = useNavigate();
  const me = useMe();
  const id = createUniqueId();
  const focus = createFocusReturn();
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  const search = createSettledText(typed);
  const found = useQuery(() => ({
    ...queries.monitors.list.queryOptions({ search: search(), limit: 8 }),
    enabled: props.open,
    placeholderData: keepPreviousData,
  }));
  createEffect(
    on(
      () => props.open,
      () => {
        setTyped('');
        setActive(0);
      },
    ),
  );

  const commands = createMemo((): Command[] => [
    { id: 'monitors', label: 'Go to monitors', run: () => navigate('/dashboard') },
    { id: 'settings', label: 'Go to settings', run: () => navigate('/settings') },
    ...[...OF_PERSON, ...organizationPagesOf(me())].map(({ href, label }) => ({
      id: href,
      label: `Go to ${label.toLowerCase()}`,
      run: () => navigate(href),
    })),
    ...(mayChange(me())
      ? [{ id: 'add', label: 'Add monitor', run: () => void setAddMonitorOpen(true) }]
      : []),
    ...me()
      .memberships.filter(({ tenant }) => tenant.id !== me().tenant?.id)
      .map(({ tenant }) => ({
        id: tenant.id,
        label: `Switch to ${tenant.name}`,
        run: () => switchTo(navigate, tenant),
      })),
    {
      id: 'theme',
      label: currentTheme() === 'dark' ? 'Use the light theme' : 'Use the dark theme',
      run: () => chooseTheme(currentTheme() === 'dark' ? 'light' : 'dark'),
    },
    { id: 'shortcuts', label: 'Show keyboard shortcuts', run: props.onShortcuts },
    { id: 'sign-out', label: 'Sign out', run: () => void signOut(() => navigate('/login')) },
  ]);
  /** What was found for something else goes before its answer comes: Enter must not take it for what is typed by now. */
  const isStale = () => found.isPlaceholderData || search() !== typed().trim();
  const isMeant = ({ name, target }: { name: string; target: string }) =>
    `${name} ${target}`.toLowerCase().includes(typed().trim().toLowerCase());
  const monitors = createMemo((): Command[] =>
    (found.data?.items ?? [])
      .filter((monitor) => !isStale() || isMeant(monitor))
      .map((monitor) => ({
        id: monitor.id,
        label: monitor.name,
        detail: monitor.target,
        state: monitor.state,
        run: () => navigate(`/monitors/${monitor.id}`),
      })),
  );
  const shown = createMemo(() => [...monitors(), ...matchingCommands(commands(), typed())]);

  const choose = (command: Command | undefined) => {
    if (command === undefined) return;
    props.onOpenChange(false);
    command.run();
  };
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const count = shown().length;
      setActive((index) => (count === 0 ? 0 : (index + step + count) % count));
      document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      choose(shown()[active()]);
    }
  };

  return (
    <Kobalte.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[max(0.75rem,12vh)]">
          <Kobalte.Content
            {...focus}
            class="enter flex max-h-[70dvh] w-full max-w-[36rem] flex-col overflow-hidden rounded-12 bg-raised shadow-raised"
          >
            <Kobalte.Title class="sr-only">Search and commands</Kobalte.Title>
            <div class="flex items-center gap-3 border-b border-line px-4">
              <Search class="size-4 shrink-0 text-faint" aria-hidden="true" />
              <input
                class="h-12 min-w-0 flex-1 bg-transparent text-16 outline-none placeholder:text-faint"
                placeholder="Search monitors, or type a command"
                aria-label="Search monitors, or type a command"
                role="combobox"
                aria-expanded="true"
                aria-controls={`${id}-list`}
                aria-activedescendant={shown().length > 0 ? `${id}-${active()}` : undefined}
                aria-autocomplete="list"
                autocomplete="off"
                spellcheck={false}
                value={typed()}
                onInput={(event) => {
                  setTyped(event.currentTarget.value);
                  setActive(0);
                }}
                onKeyDown={move}
              />
            </div>
            <div id={`${id}-list`} role="listbox" aria-label="Results" class="min-h-0 overflow-y-auto p-1.5">
              <For each={shown()}>
                {(command, index) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input, which names the active option
                  // biome-ignore lint/a11y/useKeyWithClickEvents: and hears the keys
                  <div
                    id={`${id}-${index()}`}
                    role="option"
                    aria-selected={index() === active()}
                    class="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-6 px-2.5 py-1.5 text-14 aria-selected:bg-active pointer-coarse:min-h-11"
                    onPointerMove={() => setActive(index())}
                    onClick={() => choose(command)}
                  >
                    <Show when={command.state}>{(state) => <StateMark state={state()} hideWord />}</Show>
                    <span class="min-w-0 shrink-0 max-w-full truncate">{command.label}</span>
                    <Show when={command.detail}>
                      <span class="mono min-w-0 truncate text-12 text-faint">{command.detail}</span>
                    </Show>
                  </div>
                )}
              </For>
              <Show when={shown().length === 0}>
                <p class="px-2.5 py-6 text-center text-14 text-muted">
                  {found.isFetching ? 'Searching' : 'No monitor and no command has this in its name.'}
                </p>
              </Show>
            </div>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}

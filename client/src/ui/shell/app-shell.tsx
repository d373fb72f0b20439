import { useLocation, useNavigate } from '@solidjs/router';
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  lazy,
  on,
  onCleanup,
  onMount,
  type ParentProps,
  Suspense,
} from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { startLive } from '../../api/live.ts';
import { openPageFor } from '../../api/page-organization.ts';
import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';
import { VerificationBanner } from '../../features/accounts/verification-banner.tsx';
import { PastDueBanner } from '../../features/billing/past-due-banner.tsx';
import {
  addMonitorIsOpen,
  loadAddMonitor,
  setAddMonitorOpen,
} from '../../features/monitoring/add-monitor/add-monitor-open.ts';
import { worstStateOf } from '../../features/monitoring/worst-state.ts';
import { RemovalBanner } from '../../features/tenancy/removal-banner.tsx';
import { Crash } from '../crash-page.tsx';
import { showInFavicon } from '../favicon.ts';
import { OnceOpened } from '../once-opened.tsx';
import { setTitleAlarm } from '../page-title.ts';
import { listenForShortcuts, useShortcuts } from '../shortcuts/shortcuts.ts';
import { BottomNav } from './bottom-nav.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { LiveProvider } from './live-context.ts';
import { MeProvider, mayChange } from './me.ts';
import { SideNav } from './side-nav.tsx';
import { TopBar } from './top-bar.tsx';

const AddMonitorDialog = lazy(loadAddMonitor);
const CommandPalette = lazy(() => import('./command-palette.tsx'));
const ShortcutList = lazy(() => import('../shortcuts/shortcut-list.tsx'));

/** Top bar, navigation, and the page; what is open above them; and the live stream that keeps all of it current. */
export function AppShell(props: ParentProps<{ me: Me; tenantId: string }>) {
  const navigate = useNavigate();
  // Before anything is asked.
  onCleanup(openPageFor(props.tenantId));
  const summary = useQuery(() => queries.monitors.summary.queryOptions());
  const counts = () => summary.data;

  // The session ended, or became another organization's: asked who is signed in now, the page goes to where they belong.
  // A reload would let the browser ask whether what is typed and not saved may be left.
  const live = startLive(props.tenantId, () => void queries.auth.me.invalidate());
  onCleanup(live.stop);

  createEffect(() => {
    const states = counts()?.states;
    const worst = states === undefined ? null : worstStateOf(states);
    setTitleAlarm(worst === null ? '' : `${states?.[worst]} ${worst}`);
    showInFavicon(worst);
  });
  onCleanup(() => {
    setTitleAlarm('');
    showInFavicon(null);
  });

  // Another page begins at its beginning, for the keyboard and for screen readers, too.
  const place = useLocation();
  let main: HTMLElement | undefined;
  createEffect(
    on(
      () => place.pathname,
      () => main?.focus({ preventScroll: true }),
      { defer: true },
    ),
  );

  const [paletteOpen, setPaletteOpen] = createSignal(false);
  const [listOpen, setListOpen] = createSignal(false);
  onMount(() => onCleanup(listenForShortcuts()));
  useShortcuts([
    { keys: 'mod+k', label: 'Search and commands', run: () => setPaletteOpen((open) => !open) },
    { keys: 'g m', label: 'Go to monitors', run: () => navigate('/dashboard') },
    { keys: 'g s', label: 'Go to settings', run: () => navigate('/settings') },
    { keys: '?', label: 'Show these shortcuts', run: () => setListOpen(true) },
  ]);
  useShortcuts(() =>
    mayChange(props.me)
      ? [{ keys: 'n', label: 'Add a monitor', run: () => void setAddMonitorOpen(true) }]
      : [],
  );

  return (
    <MeProvider value={() => props.me}>
      <LiveProvider value={live}>
        <a
          href="#page"
          // A link with a target is the browser's: the router would move no focus.
          target="_self"
          class="sr-only z-50 rounded-6 bg-raised px-3 py-2 text-14 font-medium shadow-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to the page
        </a>
        <TopBar me={props.me} onSearch={() => setPaletteOpen(true)} onShortcuts={() => setListOpen(true)} />
        <div class="md:grid md:grid-cols-[12.5rem_minmax(0,1fr)]">
          <SideNav me={props.me} summary={counts()} />
          <div class="min-w-0">
            <ConnectionLine state={live.state()} />
            <RemovalBanner me={props.me} />
            <PastDueBanner me={props.me} />
            <VerificationBanner user={props.me.user} />
            <main
              ref={main}
              id="page"
              tabindex="-1"
              class="mx-auto max-w-[75rem] px-4 pt-5 pb-30 outline-none md:px-6 md:pb-16 lg:px-8"
            >
              <ErrorBoundary fallback={(error, reset) => <Crash error={error} onReset={reset} />}>
                <Suspense>{props.children}</Suspense>
              </ErrorBoundary>
              <div data-layers />
            </main>
          </div>
        </div>
        <BottomNav summary={counts()} />
        <OnceOpened open={paletteOpen()}>
          <CommandPalette
            open={paletteOpen()}
            onOpenChange={setPaletteOpen}
            onShortcuts={() => setListOpen(true)}
          />
        </OnceOpened>
        <OnceOpened open={listOpen()}>
          <ShortcutList open={listOpen()} onOpenChange={setListOpen} />
        </OnceOpened>
        <OnceOpened open={addMonitorIsOpen()}>
          <AddMonitorDialog open={addMonitorIsOpen()} onOpenChange={setAddMonitorOpen} />
        </OnceOpened>
      </LiveProvider>
    </MeProvider>
  );
}

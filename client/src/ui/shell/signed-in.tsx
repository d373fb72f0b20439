import { useLocation, useNavigate } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  Match,
  onCleanup,
  onMount,
  type ParentProps,
  Show,
  Switch,
} from 'solid-js';
import { onSignedOut } from '../../api/client.ts';
import { createHeldError } from '../../api/held-error.ts';
import { heedOtherTabs } from '../../api/person-changed.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { hintSignedIn } from '../../api/session-hint.ts';
import { useQuery } from '../../api/use-query.ts';
import { ErrorState } from '../error-state.tsx';
import { AppShell } from './app-shell.tsx';
import { isBeingLeft } from './leaving.ts';
import { NoOrganizationPage } from './no-organization-page.tsx';
import { isOwnPage, PersonShell } from './person-shell.tsx';
import { ShellFrame } from './shell-frame.tsx';

/** Everything behind the door: asks who is signed in, and leads to the login page when nobody is. */
export default function SignedIn(props: ParentProps) {
  const me = useQuery(() => queries.auth.me.queryOptions());
  const location = useLocation();
  const navigate = useNavigate();
  const known = () => me.data;
  const failed = createHeldError(me);
  const tenantId = () => known()?.tenant?.id;
  const firstTenantId = createMemo<string | undefined>((first) => first ?? tenantId());
  const isRefused = () => failed() !== null && readRefusal(failed()).reason === 'not_signed_in';

  // The session may have ended since: whoever hears it first has it asked again, and that leads to the login page.
  onCleanup(
    onSignedOut(() => {
      if (me.isSuccess) void queries.auth.me.invalidate();
    }),
  );
  onCleanup(heedOtherTabs());
  // However they came in: by the login page, from another host, or with an invitation.
  createEffect(() => {
    if (known() !== undefined) hintSignedIn(true);
  });
  createEffect(() => {
    if (!isRefused()) return;
    hintSignedIn(false);
    const path = location.pathname + location.search;
    navigate(path === '/dashboard' ? '/login' : `/login?next=${encodeURIComponent(path)}`, { replace: true });
  });

  return (
    <Switch>
      <Match when={isRefused()}>{null}</Match>
      <Match when={tenantId() !== firstTenantId()}>
        <StartAnew />
      </Match>
      <Match when={known()}>
        {(person) => (
          <Show
            when={firstTenantId()}
            keyed
            fallback={
              <Show when={isOwnPage(location.pathname)} fallback={<NoOrganizationPage me={person()} />}>
                <PersonShell me={person()}>{props.children}</PersonShell>
              </Show>
            }
          >
            {(id) => (
              <AppShell me={person()} tenantId={id}>
                {props.children}
              </AppShell>
            )}
          </Show>
        )}
      </Match>
      <Match when={failed()}>
        <main class="flex min-h-dvh items-center justify-center">
          <ErrorState error={failed()} onRetry={() => void me.refetch()} busy={me.isFetching} />
        </main>
      </Match>
      <Match when={me.isPending}>
        <ShellFrame />
      </Match>
    </Switch>
  );
}

/** Another organization was chosen in another tab. Nothing of the one before may be seen in it, so all of it goes. */
function StartAnew() {
  onMount(() => {
    if (!isBeingLeft()) location.reload();
  });
  return null;
}

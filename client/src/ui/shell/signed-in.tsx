import { useLocation, useNavigate } from '@solidjs/router';
import { useQuery } from '@tanstack/solid-query';
import { createEffect, type ParentProps, Show } from 'solid-js';
import { forSolid } from '../../api/for-solid.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { ErrorState } from '../error-state.tsx';
import { AppShell } from './app-shell.tsx';

/** Everything behind the door: asks who is signed in, and leads to the login page when nobody is. */
export default function SignedIn(props: ParentProps) {
  const me = useQuery(() => forSolid(queries.auth.me.queryOptions()));
  const location = useLocation();
  const navigate = useNavigate();

  createEffect(() => {
    if (!me.isError || readRefusal(me.error).reason !== 'not_signed_in') return;
    const back = location.pathname === '/dashboard' ? '' : `?next=${encodeURIComponent(location.pathname)}`;
    navigate(`/login${back}`, { replace: true });
  });

  return (
    <Show
      when={me.isSuccess ? me.data : undefined}
      fallback={
        <Show when={me.isError && readRefusal(me.error).reason !== 'not_signed_in'}>
          <ErrorState error={me.error} onRetry={() => void me.refetch()} busy={me.isFetching} />
        </Show>
      }
    >
      {(known) => <AppShell me={known()}>{props.children}</AppShell>}
    </Show>
  );
}

import { useLocation, useNavigate } from '@solidjs/router';
import { type Accessor, createEffect, createMemo } from 'solid-js';
import { tokenInFragment } from './token-in-fragment.ts';

/**
 * The token of the link that led here; null when the link was cut short. It leaves the address bar at once, for nobody to
 * copy or to look over a shoulder at, and stays with this entry of the tab's history: a phone that put the page away while
 * its person fetched a password loads it anew.
 */
export function useLinkToken(): Accessor<string | null> {
  const place = useLocation<{ token?: string }>();
  const navigate = useNavigate();
  createEffect(() => {
    const token = tokenInFragment(place.hash);
    if (token !== null) navigate(place.pathname, { replace: true, scroll: false, state: { token } });
  });
  return createMemo(() => tokenInFragment(place.hash) ?? place.state?.token ?? null);
}
